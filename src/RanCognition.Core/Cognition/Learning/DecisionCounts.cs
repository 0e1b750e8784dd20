using RanCognition.Contracts;

namespace RanCognition.Cognition.Learning;

/// <summary>How many decisions there are of each sort, and how many each guard took something out of.</summary>
internal sealed class DecisionCounts
{
    private const int Total = 10;

    private static readonly string[] Names = ["SHADOW", "ASSIST", "AUTONOMOUS", "OPEN", "KEPT", "ROLL_BACK", "ROLLED_BACK", "WITH_ACTIONS", "WITHOUT_ACTIONS", "EXECUTED", "TOTAL"];

    private static readonly string[] Guards =
    [
        GuardNames.NotAllowed, GuardNames.ProtectedCell, GuardNames.TargetAsleep, GuardNames.TargetRecentlyWoken, GuardNames.InsufficientSamples, GuardNames.Pacing, GuardNames.AtBound,
        GuardNames.MaxChange, GuardNames.Conflict, GuardNames.Constraint, GuardNames.LowConfidence,
    ];

    private readonly ulong[] _counts = new ulong[Total + 1];
    private readonly ulong[] _vetoes = new ulong[Guards.Length];

    /// <summary>Every sort, also those without decisions.</summary>
    public KeyValuePair<string, ulong>[] Decisions => Named(Names, _counts, atLeast: 0);

    /// <summary>Guards that took something out.</summary>
    public KeyValuePair<string, ulong>[] Vetoes => Named(Guards, _vetoes, atLeast: 1);

    /// <summary>Counts a decision as it stands.</summary>
    public void Add(DecisionRecord record) => Count(record, 1);

    /// <summary>Takes a decision back as it stood.</summary>
    public void Remove(DecisionRecord record) => Count(record, ulong.MaxValue);

    /// <param name="record">As it stands.</param>
    /// <param name="step">1, or -1 modulo 2^64.</param>
    private void Count(DecisionRecord record, ulong step)
    {
        unchecked
        {
            _counts[(int)record.Mode] += step;
            _counts[3 + (int)record.Status] += step;
            _counts[record.Actions.Count > 0 ? 7 : 8] += step;
            _counts[9] += record.Executed == true ? step : 0;
            _counts[Total] += step;
            for (int guard = 0; guard < Guards.Length; guard++)
            {
                _vetoes[guard] += IsAmong(record.Vetoes, Guards[guard]) ? step : 0;
            }
        }
    }

    private static bool IsAmong(IReadOnlyList<string> names, string name)
    {
        foreach (string one in names)
        {
            if (one == name)
            {
                return true;
            }
        }
        return false;
    }

    private static KeyValuePair<string, ulong>[] Named(string[] names, ulong[] counts, ulong atLeast)
    {
        int length = 0;
        foreach (ulong count in counts)
        {
            length += count >= atLeast ? 1 : 0;
        }
        KeyValuePair<string, ulong>[] named = new KeyValuePair<string, ulong>[length];
        for (int i = 0, place = 0; i < counts.Length; i++)
        {
            if (counts[i] >= atLeast)
            {
                named[place++] = new KeyValuePair<string, ulong>(names[i], counts[i]);
            }
        }
        return named;
    }
}
