using System.Runtime.InteropServices;
using System.Text;
using RanCognition.Contracts;

namespace RanCognition.Native.Boundary;

/// <summary>A shared object that is opened while the process runs.</summary>
/// <remarks>By dlopen itself: a symbol that is missing is then an error of the opening and not of a call later, and the loader's own words can be told.</remarks>
internal sealed unsafe partial class SharedObject
{
    private const int ResolveNow = 2;

    private SharedObject(nint handle) => Handle = handle;

    /// <summary>The system's; the same for one shared object, by whatever path it is opened.</summary>
    public nint Handle { get; }

    public static SharedObject Open(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return NativeLibrary.TryLoad(path, out nint module) ? new SharedObject(module) : throw new InvalidInputException("name", "is no library that can be loaded");
        }
        fixed (byte* text = Encoding.UTF8.GetBytes(path + '\0'))
        {
            nint handle = DlOpen(text, ResolveNow);
            return handle != 0 ? new SharedObject(handle) : throw new InvalidInputException("name", Marshal.PtrToStringUTF8(DlError()) ?? "cannot be opened");
        }
    }

    /// <summary>Address of a symbol; NULL when it is not there.</summary>
    public void* Find(string symbol) => NativeLibrary.TryGetExport(Handle, symbol, out nint address) ? (void*)address : null;

    public void Close()
    {
        if (OperatingSystem.IsWindows())
        {
            NativeLibrary.Free(Handle);
            return;
        }
        _ = DlClose(Handle);
    }

    [LibraryImport("libc", EntryPoint = "dlopen")]
    private static partial nint DlOpen(byte* path, int mode);

    [LibraryImport("libc", EntryPoint = "dlerror")]
    private static partial nint DlError();

    [LibraryImport("libc", EntryPoint = "dlclose")]
    private static partial int DlClose(nint handle);
}
