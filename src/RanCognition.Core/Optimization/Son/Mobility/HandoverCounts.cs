namespace RanCognition.Optimization.Son;

/// <summary>What happened to users that moved.</summary>
/// <remarks>
/// As TS 38.300, 15.5.2, and TS 28.313 tell them apart. Too late: the link failed before a handover, in a cell where the user had been for long, and another cell took it. Too early: the link failed soon after a handover,
/// or the handover failed, and the cell before took the user back. Wrong cell: likewise, and a third cell took it. Ping-pong: a handover back to the cell before, soon after the handover from there.
/// A failure after which the same cell takes the user is a hole in the coverage, which no handover setting closes.
/// </remarks>
internal sealed class HandoverCounts
{
    public int Handovers { get; set; }

    public int TooLate { get; set; }

    public int TooEarly { get; set; }

    public int WrongCell { get; set; }

    public int PingPongs { get; set; }

    public int CoverageFailures { get; set; }

    public void Add(HandoverCounts other)
    {
        Handovers += other.Handovers;
        TooLate += other.TooLate;
        TooEarly += other.TooEarly;
        WrongCell += other.WrongCell;
        PingPongs += other.PingPongs;
        CoverageFailures += other.CoverageFailures;
    }
}
