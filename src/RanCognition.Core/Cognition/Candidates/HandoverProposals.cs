using RanCognition.Cognition.Causes;
using RanCognition.Cognition.Situations;
using RanCognition.Contracts;

namespace RanCognition.Cognition.Candidates;

/// <summary>Changes against handover faults: source mro.</summary>
/// <remarks>
/// A handover from a to b begins when Mn + Ocn - Hys > Mp + Off holds for timeToTrigger (event A3, TS 38.331, 5.5.4.4): a larger cellIndividualOffset of the
/// relation (Ocn), or a smaller hysteresis, a3Offset (Off) or timeToTrigger of the cell, makes handovers earlier. Too late: earlier. Too early, to the wrong
/// cell (counted on the relation to it) and ping-pong: later. The offset of the relation goes first, for it touches no other relation.
/// </remarks>
internal sealed class HandoverProposals(AttributeSteps steps)
{
    /// <summary>Faulty relations that get a candidate each.</summary>
    public const int SingleMax = 8;

    public const string Source = "mro";

    private const double SmallStepDb = 1, LargeStepDb = 2, LargeStepRate = .1;
    private const int CellFaultsMin = 2;

    // Of the cell, with the step that is wished for; each makes handovers earlier when it is lowered.
    private static readonly string[] CellAttributes = [AttributeRules.A3Offset, AttributeRules.Hysteresis, AttributeRules.TimeToTrigger];
    private static readonly double[] CellSteps = [1, 1, 60];

    public void Propose(IReadOnlyList<CauseFinding> causes, List<Candidate> candidates)
    {
        List<ConfigurationChange> fitting = [], small = [];
        List<CauseFinding> faults = [];
        bool differs = false;
        foreach (CauseFinding cause in causes)
        {
            if (HandoverJudge.RateTestOf(cause.Name) is not { } rateTest || !ManagedObjects.TryRelation(cause.ManagedObject, out _, out _))
            {
                continue;
            }
            faults.Add(cause);
            int direction = DirectionOf(cause);
            double wished = Rate(cause, rateTest) >= LargeStepRate ? LargeStepDb : SmallStepDb;
            if (steps.Change(cause.ManagedObject, AttributeRules.CellIndividualOffset, direction, wished) is not { } change)
            {
                continue;
            }
            ConfigurationChange smaller = steps.Change(cause.ManagedObject, AttributeRules.CellIndividualOffset, direction, SmallStepDb)!;
            differs |= change != smaller;
            fitting.Add(change);
            small.Add(smaller);
        }
        if (fitting.Count > 0)
        {
            candidates.Add(new Candidate(Source, fitting));
            if (differs)
            {
                candidates.Add(new Candidate(Source, small));
            }
        }
        for (int i = 0; i < fitting.Count && fitting.Count is > 1 and <= SingleMax; i++)
        {
            candidates.Add(new Candidate(Source, [fitting[i]]));
        }
        ForCells(faults, candidates);
    }

    // Cells of which every faulty relation points the same way and stands at a bound: what all of them share is moved instead.
    private void ForCells(List<CauseFinding> faults, List<Candidate> candidates)
    {
        string[] cells = new string[faults.Count];
        for (int i = 0; i < cells.Length; i++)
        {
            ManagedObjects.TryRelation(faults[i].ManagedObject, out cells[i], out _);
        }
        List<ConfigurationChange> changes = [];
        for (int first = 0; first < cells.Length; first++)
        {
            string cell = cells[first];
            if (Array.IndexOf(cells, cell) < first)
            {
                continue;   // done
            }
            int direction = DirectionOf(faults[first]), count = 0;
            bool alike = true;
            for (int i = first; i < cells.Length && alike; i++)
            {
                if (cells[i] == cell)
                {
                    count++;
                    alike = DirectionOf(faults[i]) == direction && !steps.CanMove(faults[i].ManagedObject, AttributeRules.CellIndividualOffset, direction, SmallStepDb);
                }
            }
            for (int i = 0; i < CellAttributes.Length && alike && count >= CellFaultsMin; i++)
            {
                string unit = ManagedObjects.SourceUnit(faults[first].ManagedObject);
                if (steps.CanMove(unit, CellAttributes[i], -direction, CellSteps[i]))
                {
                    changes.Add(steps.Change(unit, CellAttributes[i], -direction, CellSteps[i])!);
                    break;
                }
            }
        }
        if (changes.Count > 0)
        {
            candidates.Add(new Candidate(Source, changes));
        }
    }

    // 1 = handovers are to be earlier.
    private static int DirectionOf(CauseFinding cause) => cause.Name == CauseNames.TooLate ? 1 : -1;

    private static double Rate(CauseFinding cause, string test)
    {
        foreach (CauseTest made in cause.Tests)
        {
            if (made.Name == test)
            {
                return made.Value ?? 0;
            }
        }
        return 0;
    }
}
