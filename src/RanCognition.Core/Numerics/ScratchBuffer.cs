using System.Runtime.CompilerServices;

namespace RanCognition.Numerics;

/// <summary>Growing block of doubles at a fixed address, reused from call to call.</summary>
/// <remarks>
/// Lives on the pinned heap, so kernels may keep raw pointers as long as the owner is reachable. The content is not kept when it grows.
/// Sixty-four bytes past the length asked for may be read and written, so vector loops need no scalar tail. Not thread-safe.
/// </remarks>
internal sealed unsafe class ScratchBuffer
{
    private const int PadDoubles = 8;

    private double[] _storage = [];   // keeps the memory behind Pointer alive
    private int _length;

    /// <summary>First element, 64-byte aligned; null before the first <see cref="Ensure"/>.</summary>
    public double* Pointer { get; private set; }

    /// <summary>Makes room for <paramref name="length"/> values and returns the first.</summary>
    public double* Ensure(int length)
    {
        if (length > _length || Pointer is null)
        {
            Grow(length);
        }
        return Pointer;
    }

    private void Grow(int length)
    {
        int rounded = Math.Max(64, checked(length + length / 4));
        _storage = GC.AllocateArray<double>(checked(rounded + 2 * PadDoubles), pinned: true);
        nuint address = (nuint)Unsafe.AsPointer(ref _storage[0]);
        Pointer = (double*)((address + 63) & ~(nuint)63);
        _length = rounded;
    }
}
