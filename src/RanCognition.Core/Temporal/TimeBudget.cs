using RanCognition.Performance;

namespace RanCognition.Temporal;

/// <summary>Time that a call may take, on the host's clock.</summary>
internal sealed class TimeBudget(IHost host, ulong startNs, ulong? deadlineNs)
{
    // The work between two looks at the clock, and writing the answer, must fit into the rest.
    private const double UsableShare = 0.85;

    private ulong _limit = deadlineNs is { } budget ? (ulong)(budget * UsableShare) : ulong.MaxValue;

    /// <summary>Set once work was left out.</summary>
    public bool CutShort { get; private set; }

    public bool HasDeadline => _limit != ulong.MaxValue;

    /// <summary>Ns left; huge without a deadline.</summary>
    public ulong Left
    {
        get
        {
            if (!HasDeadline)
            {
                return ulong.MaxValue;
            }
            ulong now = host.NowNanoseconds();
            ulong used = now > startNs ? now - startNs : 0;
            return used >= _limit ? 0 : _limit - used;
        }
    }

    /// <summary>Sets time aside for work that comes after all that is budgeted.</summary>
    public void Reserve(ulong nanoseconds)
    {
        if (HasDeadline)
        {
            _limit -= Math.Min(_limit, nanoseconds);
        }
    }

    /// <summary>Whether work that is expected to take this long still fits; notes when it does not.</summary>
    public bool Allows(ulong nanoseconds)
    {
        bool fits = !HasDeadline || Left >= nanoseconds;
        CutShort |= !fits;
        return fits;
    }
}
