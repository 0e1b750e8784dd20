using System.Runtime.CompilerServices;
using RanCognition.Scheduling;

namespace RanCognition.Native.Boundary;

/// <summary>Task types as they were last written, so that a program that schedules the same few types again and again has each read once.</summary>
/// <remarks>Safe from any thread: cells never change, they are replaced.</remarks>
internal sealed class KnownTaskTypes
{
    /// <summary>Longer texts are read each time.</summary>
    public const int TextBytesMax = 512;

    private const int Places = 16;

    private readonly Cell?[] _cells = new Cell?[Places];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PreparedType? Find(ReadOnlySpan<byte> text) =>
        Volatile.Read(ref _cells[PlaceOf(text)]) is { } cell && text.SequenceEqual(cell.Text) ? cell.Type : null;

    public void Keep(ReadOnlySpan<byte> text, PreparedType type)
    {
        if (text.Length <= TextBytesMax && !type.IsOfOneTask)
        {
            Volatile.Write(ref _cells[PlaceOf(text)], new Cell(text.ToArray(), type));
        }
    }

    // The document's types differ in length, numbered names in their last letter: {"Custom":"tilt-1"}
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int PlaceOf(ReadOnlySpan<byte> text) => (text.Length + (text.Length >= 3 ? 5 * text[^3] : 0)) & (Places - 1);

    private sealed class Cell(byte[] text, PreparedType type)
    {
        public readonly byte[] Text = text;
        public readonly PreparedType Type = type;
    }
}
