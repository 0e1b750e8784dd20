namespace RanCognition.StrangeLoop.Conflicts;

/// <summary>Commands by start, so that those in force in a span are found without asking all.</summary>
/// <remarks>The latest end of each block of 64 commands, and of each 64 blocks, is kept: what ended before the span is skipped by blocks.</remarks>
internal sealed class SpanIndex
{
    private const int BlockShift = 6;
    private const int LargeShift = 12;

    private readonly TimeGrid _grid;
    private readonly ulong[] _blockEnds;
    private readonly ulong[] _largeEnds;

    /// <param name="commands">Sorted by start in place.</param>
    public SpanIndex(LiveCommand[] commands)
    {
        Array.Sort(commands, LiveCommand.CompareStarts);
        Commands = commands;
        Starts = new ulong[commands.Length];
        Ends = new ulong[commands.Length];
        Sources = new int[commands.Length];
        _blockEnds = new ulong[(commands.Length >> BlockShift) + 1];
        _largeEnds = new ulong[(commands.Length >> LargeShift) + 1];
        for (int i = 0; i < commands.Length; i++)
        {
            ulong end = commands[i].EndNs;
            Starts[i] = commands[i].StartNs;
            Ends[i] = end;
            Sources[i] = commands[i].Source;
            _blockEnds[i >> BlockShift] = Math.Max(_blockEnds[i >> BlockShift], end);
            _largeEnds[i >> LargeShift] = Math.Max(_largeEnds[i >> LargeShift], end);
        }
        _grid = new TimeGrid(Starts);
    }

    public LiveCommand[] Commands { get; }

    // What is asked most often, side by side.
    public ulong[] Starts { get; }

    public ulong[] Ends { get; }

    public int[] Sources { get; }

    /// <summary>How many start before.</summary>
    public int CountBefore(ulong timeNs) => _grid.CountBefore(timeNs);

    /// <summary>First place in [from, to) of a command that ends later than that; else to.</summary>
    public int NextEndingAfter(ulong timeNs, int from, int to)
    {
        int i = from;
        while (i < to)
        {
            if (Ends[i] > timeNs)
            {
                return i;
            }
            if ((i & ((1 << LargeShift) - 1)) == 0 && _largeEnds[i >> LargeShift] <= timeNs)
            {
                i += 1 << LargeShift;
            }
            else if ((i & ((1 << BlockShift) - 1)) == 0 && _blockEnds[i >> BlockShift] <= timeNs)
            {
                i += 1 << BlockShift;
            }
            else
            {
                i++;
            }
        }
        return to;
    }
}
