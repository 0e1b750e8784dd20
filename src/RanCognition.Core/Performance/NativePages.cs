using System.Runtime.InteropServices;

namespace RanCognition.Performance;

/// <summary>A zeroed range of native memory that takes real memory only where it is touched, so that a table can be reserved whole and grow without moving.</summary>
/// <remarks>On Linux the part beyond the first 2 MiB asks for huge pages: random access over large tables then misses the TLB less.</remarks>
internal sealed unsafe partial class NativePages : IDisposable
{
    private const nuint HugePageBytes = 2 << 20;
    private const int ReadWrite = 3;
    private const int PrivateAnonymousNoReserve = 0x2 | 0x20 | 0x4000;
    private const int AdviseHugePages = 14;

    private readonly nuint _mappedBytes;
    private void* _mapping;

    public NativePages(ulong bytes)
    {
        nuint size = checked((nuint)bytes);
        if (!OperatingSystem.IsLinux())
        {
            _mapping = Address = NativeMemory.AllocZeroed(size);
            return;
        }
        _mappedBytes = checked(size + 2 * HugePageBytes - 1) & ~(HugePageBytes - 1);
        _mapping = Map(null, _mappedBytes, ReadWrite, PrivateAnonymousNoReserve, -1, 0);
        if ((nint)_mapping == -1)
        {
            _mapping = null;
            GC.SuppressFinalize(this);
            throw new OutOfMemoryException($"{bytes} bytes of address space cannot be reserved");
        }
        Address = (void*)(((nuint)_mapping + HugePageBytes - 1) & ~(HugePageBytes - 1));
        if (size > HugePageBytes)
        {
            _ = Advise((byte*)Address + HugePageBytes, size - HugePageBytes, AdviseHugePages);   // refused: small pages serve as well
        }
    }

    public void* Address { get; private set; }

    public void Dispose()
    {
        Release();
        GC.SuppressFinalize(this);
    }

    ~NativePages() => Release();

    private void Release()
    {
        void* mapping = _mapping;
        _mapping = Address = null;
        if (mapping is null)
        {
            return;
        }
        if (_mappedBytes == 0)
        {
            NativeMemory.Free(mapping);
        }
        else
        {
            _ = Unmap(mapping, _mappedBytes);
        }
    }

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial void* Map(void* address, nuint bytes, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* address, nuint bytes, int advice);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(void* address, nuint bytes);
}
