using System.Runtime.InteropServices;

namespace RanCognition.Tests.Performance.Simd;

/// <summary>Native memory for values at any offset from a 64-byte boundary, with poison before and behind them that must not change.</summary>
internal sealed unsafe class Memory<T> : IDisposable
    where T : unmanaged
{
    private const byte Poison = 0xFF;   // a NaN, -1
    private const int Margin = 192;

    private readonly byte* _start;
    private readonly nuint _bytes;
    private readonly int _offset;

    public Memory(int length, int offset = 0)
    {
        Length = length;
        _offset = offset;
        _bytes = (nuint)(2 * Margin + 64 + length * sizeof(T));
        _start = (byte*)NativeMemory.AlignedAlloc(_bytes, 64);
        new Span<byte>(_start, (int)_bytes).Fill(Poison);
    }

    public Memory(ReadOnlySpan<T> values, int offset = 0)
        : this(values.Length, offset) => values.CopyTo(Span);

    public int Length { get; }

    public T* Pointer => (T*)(_start + Margin + _offset);

    public Span<T> Span => new(Pointer, Length);

    /// <summary>Whether nothing outside the values was written.</summary>
    public bool IsSound() =>
        new Span<byte>(_start, Margin + _offset).IndexOfAnyExcept(Poison) < 0
        && new Span<byte>(Pointer + Length, (int)(_start + _bytes - (byte*)(Pointer + Length))).IndexOfAnyExcept(Poison) < 0;

    public void Dispose() => NativeMemory.AlignedFree(_start);
}
