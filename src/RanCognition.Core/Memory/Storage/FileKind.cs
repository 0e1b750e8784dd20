using System.Runtime.InteropServices;

namespace RanCognition.Memory.Storage;

/// <summary>What a path stands for, as far as it matters before it is opened.</summary>
internal static unsafe partial class FileKind
{
    private const int CurrentFolder = -100;
    private const int EmptyPath = 0x1000;         // the file behind the descriptor itself
    private const uint BasicFields = 0x7FF;
    private const int CloseOnExec = 0x80000;      // with reading only
    private const int StatxBytes = 256;
    private const ushort KindMask = 0xF000;
    private const ushort RegularFile = 0x8000;

    /// <summary>A device, a pipe or a socket: not to be opened, let alone replaced.</summary>
    public static bool IsSpecial(string path) => OperatingSystem.IsLinux() && Status(CurrentFolder, path, 0, out FileStatus status) && (status.Mode & KindMask) != RegularFile;

    /// <summary>The file has other names in the file system, under which a second memory could be opened on it.</summary>
    public static bool HasOtherNames(string path) => OperatingSystem.IsLinux() && Status(CurrentFolder, path, 0, out FileStatus status) && status.Links > 1;

    /// <summary>The path still names the open file.</summary>
    public static bool IsSame(SafeHandle open, string path) =>
        !OperatingSystem.IsLinux()
        || (Status((int)open.DangerousGetHandle(), "", EmptyPath, out FileStatus a) && Status(CurrentFolder, path, 0, out FileStatus b) && a.Inode == b.Inode && a.Device == b.Device);

    /// <summary>First bytes of a file that somebody else has locked, which .NET would not open; empty when it cannot be read.</summary>
    public static byte[] ReadUnlocked(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return [];
        }
        int descriptor = OpenFile(path, CloseOnExec);
        if (descriptor < 0)
        {
            return [];
        }
        byte* buffer = stackalloc byte[StatxBytes];
        nint read = ReadFile(descriptor, buffer, StatxBytes);
        _ = CloseFile(descriptor);
        return new ReadOnlySpan<byte>(buffer, (int)Math.Max(0, read)).ToArray();
    }

    private static bool Status(int folder, string path, int flags, out FileStatus status)
    {
        byte* buffer = stackalloc byte[StatxBytes];
        bool found = Statx(folder, path, flags, BasicFields, buffer) == 0;
        status = found ? new FileStatus(*(ushort*)(buffer + 28), *(uint*)(buffer + 16), *(ulong*)(buffer + 32), *(ulong*)(buffer + 136)) : default;
        return found;
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, byte* buffer);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenFile(string path, int flags);

    [LibraryImport("libc", EntryPoint = "read")]
    private static partial nint ReadFile(int descriptor, byte* buffer, nuint bytes);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int CloseFile(int descriptor);

    private readonly record struct FileStatus(ushort Mode, uint Links, ulong Inode, ulong Device);
}
