using System.Buffers;
using System.Diagnostics;

namespace RanCognition.Interop;

/// <summary>A block of a <see cref="MemoryPool"/>. Dispose of it once, and use no span of it after that. One that is forgotten stays allocated, and keeps the pool:
/// a finalizer could take memory away from a span that is still in use.</summary>
public sealed unsafe class PoolBlock : MemoryManager<byte>
{
    private readonly PoolHandle _pool;
    private readonly byte* _address;

    // The owner, until Dispose, and each pin: the block goes back with the last of them.
    private int _users = 1;
    private int _disposed;

    internal PoolBlock(PoolHandle pool, byte* address, int length)
    {
        bool added = false;
        pool.DangerousAddRef(ref added);
        _pool = pool;
        _address = address;
        Length = length;
    }

    /// <summary>Bytes, as asked for.</summary>
    public int Length { get; }

    /// <summary>Its address, a multiple of 16.</summary>
    public nint Address
    {
        get
        {
            ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
            return (nint)_address;
        }
    }

    /// <summary>Its bytes.</summary>
    /// <exception cref="ObjectDisposedException">It was given back.</exception>
    public override Span<byte> GetSpan() => new((void*)Address, Length);

    /// <summary>Keeps the block until Unpin, although it is disposed of; it never moves.</summary>
    public override MemoryHandle Pin(int elementIndex = 0)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)elementIndex, (uint)Length);
        byte* place = (byte*)Address + elementIndex;
        int users = Volatile.Read(ref _users);
        while (true)
        {
            ObjectDisposedException.ThrowIf(users == 0, this);
            int seen = Interlocked.CompareExchange(ref _users, users + 1, users);
            if (seen == users)
            {
                return new MemoryHandle(place, default, this);
            }
            users = seen;
        }
    }

    /// <summary>Ends one Pin.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public override void Unpin()
    {
        int owners = Volatile.Read(ref _disposed) == 0 ? 1 : 0;
        if (Volatile.Read(ref _users) <= owners)
        {
            throw new InvalidOperationException("Unpin without Pin");
        }
        Release();
    }

    /// <summary>Gives the block back, now or with its last pin. A second time does nothing.</summary>
    public void Dispose() => Dispose(disposing: true);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            Release();
        }
    }

    private void Release()
    {
        if (Interlocked.Decrement(ref _users) == 0)
        {
            int status = NativeMethods.rancog_pool_deallocate(_pool.DangerousGetHandle(), _address, (nuint)Length);
            Debug.Assert(status == 0, "a block is given back once, with its length, to a pool that it keeps");
            _pool.DangerousRelease();
        }
    }
}
