using System.Runtime.CompilerServices;
using RanCognition.Contracts;

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
    public TaskSpec? Find(ReadOnlySpan<byte> text) =>
        Volatile.Read(ref _cells[PlaceOf(text)]) is { } cell && text.SequenceEqual(cell.Text) ? cell.Spec : null;

    public void Keep(ReadOnlySpan<byte> text, TaskSpec spec)
    {
        // What waits for certain ids is scheduled once.
        if (text.Length <= TextBytesMax && spec.After.Count == 0)
        {
            Volatile.Write(ref _cells[PlaceOf(text)], new Cell(text.ToArray(), spec));
        }
    }

    // The document's types differ in length, numbered names in their last letter: {"Custom":"tilt-1"}
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int PlaceOf(ReadOnlySpan<byte> text) => (text.Length + (text.Length >= 3 ? 5 * text[^3] : 0)) & (Places - 1);

    private sealed class Cell(byte[] text, TaskSpec spec)
    {
        public readonly byte[] Text = text;
        public readonly TaskSpec Spec = spec;
    }
}
