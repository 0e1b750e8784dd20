namespace RanCognition.StrangeLoop.Conflicts;

/// <summary>Commands by start, so that those in force in a span are found without asking all.</summary>
/// <remarks>The latest end of each block of 64 commands, and of each 64 blocks, is kept: what ended before the span is skipped by blocks.</remarks>
internal sealed class SpanIndex
{
    private const int BlockShift = 6;
    private const int LargeShift = 12;

    private readonly ulong[] _starts;
    private readonly ulong[] _ends;
    private readonly ulong[] _blockEnds;
    private readonly ulong[] _largeEnds;

    /// <param name="commands">Sorted by start in place.</param>
    public SpanIndex(LiveCommand[] commands)
    {
        Array.Sort(commands, LiveCommand.CompareStarts);
        Commands = commands;
        _starts = new ulong[commands.Length];
        _ends = new ulong[commands.Length];
        _blockEnds = new ulong[(commands.Length >> BlockShift) + 1];
        _largeEnds = new ulong[(commands.Length >> LargeShift) + 1];
        for (int i = 0; i < commands.Length; i++)
        {
            ulong end = commands[i].EndNs;
            _starts[i] = commands[i].StartNs;
            _ends[i] = end;
            _blockEnds[i >> BlockShift] = Math.Max(_blockEnds[i >> BlockShift], end);
            _largeEnds[i >> LargeShift] = Math.Max(_largeEnds[i >> LargeShift], end);
        }
    }

    public LiveCommand[] Commands { get; }

    /// <summary>How many start before.</summary>
    public int CountBefore(ulong timeNs) => SortedTimes.CountBefore(_starts, timeNs);

    /// <summary>First place in [from, to) of a command that ends later than that; else to.</summary>
    public int NextEndingAfter(ulong timeNs, int from, int to)
    {
        int i = from;
        while (i < to)
        {
            if ((i & ((1 << LargeShift) - 1)) == 0 && _largeEnds[i >> LargeShift] <= timeNs)
            {
                i += 1 << LargeShift;
            }
            else if ((i & ((1 << BlockShift) - 1)) == 0 && _blockEnds[i >> BlockShift] <= timeNs)
            {
                i += 1 << BlockShift;
            }
            else if (_ends[i] > timeNs)
            {
                return i;
            }
            else
            {
                i++;
            }
        }
        return to;
    }
}
