using System.Globalization;
using System.Text;
using RanCognition.Contracts;

namespace RanCognition.Memory.Storage;

/// <summary>A file beside the memory's, locked as long as the memory is open, by this process or any other. The system lets go of it when the process ends, however it ends.</summary>
internal sealed class StoreLock : IDisposable
{
    private const string Suffix = "-lock";
    private const int WouldBlock = 11;                                  // EAGAIN
    private const int SharingViolation = unchecked((int)0x80070020);    // Windows

    private readonly string _path;
    private readonly FileStream _file;

    private StoreLock(string path, FileStream file) => (_path, _file) = (path, file);

    /// <param name="storePath">Where the memory's file is, or will be.</param>
    public static StoreLock Take(string storePath)
    {
        string path = storePath + Suffix;
        while (true)
        {
            FileStream file = Open(path);
            // Whoever had it before may have removed the file between its opening here and its lock: then it locks nobody out.
            if (!FileKind.IsSame(file.SafeFileHandle, path))
            {
                file.Dispose();
                continue;
            }
            SignIn(file);
            return new StoreLock(path, file);
        }
    }

    public void Dispose()
    {
        try
        {
            File.Delete(_path);      // while it is still locked, so that nobody else's is removed
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It stays, unlocked, and the next memory takes it.
        }
        _file.Dispose();
    }

    private static void SignIn(FileStream file)
    {
        try
        {
            file.SetLength(0);
            file.Write(Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
            file.Flush();
        }
        catch (IOException)
        {
            // The disk is full: the lock holds, it only does not say whose it is.
        }
    }

    private static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
        }
        catch (IOException error) when (error.HResult is WouldBlock or SharingViolation)
        {
            throw new BusyException(StorageFailure.Argument, $"is in use by {Holder(path)}");
        }
        catch (DirectoryNotFoundException)
        {
            throw new InvalidInputException(StorageFailure.Argument, "the folder does not exist");
        }
        catch (Exception error) when (error is UnauthorizedAccessException or IOException)
        {
            throw new InvalidInputException(StorageFailure.Argument, "the folder cannot be written");
        }
    }

    private static string Holder(string path) =>
        int.TryParse(Encoding.ASCII.GetString(FileKind.ReadUnlocked(path)), CultureInfo.InvariantCulture, out int process) ? $"process {process}" : "another memory";
}
