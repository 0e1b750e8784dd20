using RanCognition.Contracts;
using RanCognition.Json;

namespace RanCognition.Interop;

/// <summary>Native memory in blocks, within a budget, with statistics that add up to the byte. Any thread may allocate and free; the garbage collector never sees or moves it.</summary>
public sealed unsafe class MemoryPool : IDisposable
{
    private readonly PoolHandle _handle;

    // Blocks keep the handle open, so it does not tell.
    private bool _disposed;

    /// <summary>Creates a pool.</summary>
    /// <param name="options">Null means the defaults.</param>
    public MemoryPool(MemoryPoolOptions? options = null)
        : this(options is null ? default : ContractJson.Write(options))
    {
    }

    /// <summary>Creates a pool.</summary>
    /// <param name="options">JSON object {budget_bytes, retain_bytes} as UTF-8; empty means the defaults.</param>
    public MemoryPool(ReadOnlySpan<byte> options)
    {
        RanCognitionLibrary.RequireAbi();
        using CallScope scope = new(null, default);
        fixed (byte* text = options)
        {
            nint handle = NativeMethods.rancog_pool_create(text, (nuint)options.Length, null);
            NativeCall.CheckLast();
            _handle = new PoolHandle(handle);
        }
    }

    /// <summary>Allocates a block; its contents are undefined. Dispose of it to give it back.</summary>
    /// <param name="length">Bytes, at least 1.</param>
    public PoolBlock Allocate(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        using HandleUse use = Use();
        void* block = NativeMethods.rancog_pool_allocate(use.Value, (nuint)length);
        NativeCall.CheckLast();
        return new PoolBlock(_handle, (byte*)block, length);
    }

    /// <summary>Allocates a block without an object for it: an address, good until it is given back or the pool is disposed of.</summary>
    /// <param name="length">Bytes, at least 1.</param>
    public void* AllocateRaw(nuint length)
    {
        using HandleUse use = Use();
        void* block = NativeMethods.rancog_pool_allocate(use.Value, length);
        NativeCall.CheckLast();
        return block;
    }

    /// <summary>Gives back what <see cref="AllocateRaw"/> gave.</summary>
    /// <exception cref="ArgumentException">It is no live block of this pool, or of another length; nothing was changed.</exception>
    public void DeallocateRaw(void* block, nuint length)
    {
        using HandleUse use = Use();
        NativeCall.Check(NativeMethods.rancog_pool_deallocate(use.Value, block, length));
    }

    /// <summary>The pool at one instant.</summary>
    public MemoryPoolStats GetStats()
    {
        using HandleUse use = Use();
        return NativeCall.TakeRecord<MemoryPoolStats>(NativeMethods.rancog_pool_get_stats(use.Value));
    }

    /// <inheritdoc cref="GetStats"/>
    /// <returns>JSON.</returns>
    public string GetStatsJson()
    {
        using HandleUse use = Use();
        return NativeCall.TakeText(NativeMethods.rancog_pool_get_stats(use.Value));
    }

    /// <summary>Ends the pool: nothing more can be allocated. Its memory goes when the last <see cref="PoolBlock"/> is given back, so none of them is ever a dangling one.</summary>
    public void Dispose()
    {
        Volatile.Write(ref _disposed, true);
        _handle.Dispose();
    }

    private HandleUse Use()
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed), this);
        return new HandleUse(_handle);
    }
}
