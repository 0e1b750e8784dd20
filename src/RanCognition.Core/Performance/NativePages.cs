using System.Runtime.InteropServices;

namespace RanCognition.Performance;

/// <summary>A zeroed range of native memory that takes real memory only where it is touched, so that a table can be reserved whole and grow without moving.</summary>
/// <remarks>On Linux the part beyond the first 2 MiB asks for huge pages: random access over large tables then misses the TLB less.</remarks>
internal sealed unsafe partial class NativePages : IDisposable
{
    private const nuint HugePageBytes = 2 << 20;
    private const int ReadWrite = 3;
    private const int PrivateAnonymousNoReserve = 0x2 | 0x20 | 0x4000;
    private const int AdviseDontNeed = 4;
    private const int AdviseHugePages = 14;
    private const int AdviseNoHugePages = 15;

    private readonly nuint _mappedBytes;
    private void* _mapping;

    /// <summary>A table that asks for huge pages.</summary>
    public NativePages(ulong bytes)
        : this(bytes, HugePageBytes)
    {
        if (_mappedBytes != 0 && bytes > HugePageBytes)
        {
            _ = Advise((byte*)Address + HugePageBytes, (nuint)bytes - HugePageBytes, AdviseHugePages);   // refused: small pages serve as well
        }
    }

    /// <summary>A range that begins at a multiple of the alignment (a power of two of at least a page) and takes memory by single pages.</summary>
    public NativePages(ulong bytes, nuint alignment)
    {
        nuint size = checked((nuint)bytes);
        if (!OperatingSystem.IsLinux())
        {
            _mapping = Address = NativeMemory.AlignedAlloc(size, alignment);
            NativeMemory.Clear(Address, size);
            return;
        }
        _mappedBytes = checked(size + 2 * alignment - 1) & ~(alignment - 1);
        _mapping = Map(null, _mappedBytes, ReadWrite, PrivateAnonymousNoReserve, -1, 0);
        if ((nint)_mapping == -1)
        {
            _mapping = null;
            GC.SuppressFinalize(this);
            throw new OutOfMemoryException($"{bytes} bytes of address space cannot be reserved");
        }
        Address = (void*)(((nuint)_mapping + alignment - 1) & ~(alignment - 1));
        if (alignment < HugePageBytes)
        {
            _ = Advise(_mapping, _mappedBytes, AdviseNoHugePages);
        }
    }

    public void* Address { get; private set; }

    /// <summary>Gives whole pages back to the system; they are zero when they are touched again.</summary>
    public void Discard(nuint offset, nuint bytes)
    {
        if (_mappedBytes != 0)
        {
            _ = Advise((byte*)Address + offset, bytes, AdviseDontNeed);
        }
    }

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
            NativeMemory.AlignedFree(mapping);
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
