using System.Runtime.InteropServices;

namespace RanCognition.Performance;

/// <summary>A zeroed range of native memory that takes real memory only where it is touched, so that a table can be reserved whole and grow without moving.</summary>
/// <remarks>On Linux the part beyond the first 2 MiB asks for huge pages: random access over large tables then misses the TLB less.</remarks>
internal sealed unsafe partial class NativePages : IDisposable
{
    private const nuint HugePageBytes = 2 << 20;
    private const nuint OpenStepBytes = 256 << 10;
    private const int NoAccess = 0;
    private const int ReadWrite = 3;
    private const int PrivateAnonymousNoReserve = 0x2 | 0x20 | 0x4000;
    private const int AdviseDontNeed = 4;
    private const int AdviseHugePages = 14;
    private const int AdviseNoHugePages = 15;
    private const int AdviseDontNeedLocked = 24;

    private readonly nuint _bytes;
    private readonly nuint _mappedBytes;
    private nuint _openBytes;
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
        : this(bytes, alignment, ReadWrite)
    {
    }

    private NativePages(ulong bytes, nuint alignment, int protection)
    {
        nuint size = _bytes = checked((nuint)bytes);
        _openBytes = protection == NoAccess ? 0 : size;
        if (!OperatingSystem.IsLinux())
        {
            _mapping = Address = NativeMemory.AlignedAlloc(size, alignment);
            NativeMemory.Clear(Address, size);
            return;
        }
        _mappedBytes = checked(size + 2 * alignment - 1) & ~(alignment - 1);
        _mapping = Map(null, _mappedBytes, protection, PrivateAnonymousNoReserve, -1, 0);
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

    /// <summary>
    /// A range that cannot be touched before it is opened: where a process locks its memory (mlockall), or the system promises no more than it has, a range counts as
    /// far as it can be touched.
    /// </summary>
    public static NativePages Closed(ulong bytes, nuint alignment) => new(bytes, alignment, NoAccess);

    public void* Address { get; private set; }

    /// <summary>The first bytes can be touched from now on; false when the system has no room.</summary>
    public bool TryOpen(nuint bytes)
    {
        if (bytes <= _openBytes)
        {
            return true;
        }
        nuint open = Math.Min(_bytes, (bytes + OpenStepBytes - 1) & ~(OpenStepBytes - 1));
        if (_mappedBytes != 0 && Protect((byte*)Address + _openBytes, open - _openBytes, ReadWrite) != 0)
        {
            return false;
        }
        _openBytes = open;
        return true;
    }

    /// <summary>Gives whole pages back to the system; they are zero when they are touched again.</summary>
    public void Discard(nuint offset, nuint bytes)
    {
        if (_mappedBytes != 0)
        {
            if (Advise((byte*)Address + offset, bytes, AdviseDontNeed) != 0)
            {
                _ = Advise((byte*)Address + offset, bytes, AdviseDontNeedLocked);   // since Linux 5.18
            }
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

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(void* address, nuint bytes, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(void* address, nuint bytes);
}
