using System.Runtime.InteropServices;

namespace RanCognition.Memory.Filtering;

/// <summary>One value of each row, in native memory that grows by a half and may move when it does; what is not used yet is not touched, so it takes no real memory.</summary>
internal sealed unsafe class NativeColumn<T> : IDisposable
    where T : unmanaged
{
    private const int LeastCapacity = 64;

    private int _capacity;

    ~NativeColumn() => Release();

    public T* Pointer { get; private set; }

    /// <summary>Of the values in use.</summary>
    public static ulong BytesOf(int rows) => (ulong)rows * (ulong)sizeof(T);

    /// <summary>Makes room for so many rows; what is there stays.</summary>
    public void Ensure(int rows)
    {
        if (rows > _capacity)
        {
            int capacity = (int)Math.Min(Math.Max(LeastCapacity, Math.Max((long)rows, _capacity + (long)_capacity / 2)), int.MaxValue);
            Pointer = (T*)NativeMemory.Realloc(Pointer, (nuint)capacity * (nuint)sizeof(T));
            _capacity = capacity;
        }
    }

    public ReadOnlySpan<T> Span(int rows) => new(Pointer, rows);

    public void Dispose()
    {
        Release();
        GC.SuppressFinalize(this);
    }

    private void Release()
    {
        NativeMemory.Free(Pointer);
        Pointer = null;
        _capacity = 0;
    }
}
