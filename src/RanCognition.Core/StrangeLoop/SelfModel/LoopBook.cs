using RanCognition.Contracts;

namespace RanCognition.StrangeLoop.SelfModel;

/// <summary>The loops that a core knows, and what each believes about itself.</summary>
/// <remarks>
/// In one call the observed values come first and close the open prediction of their metric; then the new predictions open. A prediction of a metric whose last one was never observed replaces
/// that one, and nothing is learned. A change of a metric's coverage begins a new record of coverage for it, a change of the names of the experts a new record of weights and regret.
/// </remarks>
internal sealed class LoopBook(StrangeLoopOptions options)
{
    private StrangeLoopOptions _options = options;
    private Dictionary<string, SelfModelledLoop> _byId = [];
    private List<SelfModelledLoop> _loops = [];   // in the order in which they first spoke

    /// <summary>As given, or as restored.</summary>
    public StrangeLoopOptions Options => _options;

    /// <summary>What the loops hold, about.</summary>
    public ulong MemoryBytes
    {
        get
        {
            ulong bytes = 0;
            foreach (SelfModelledLoop loop in _loops)
            {
                bytes += loop.MemoryBytes;
            }
            return bytes;
        }
    }

    /// <summary>One loop's word. Whatever is wrong with it, nothing has changed then.</summary>
    public LoopReply Observe(LoopObservation observation, ulong nowNs)
    {
        _byId.TryGetValue(observation.LoopId, out SelfModelledLoop? loop);
        LoopCheck.Check(observation, loop, _loops.Count);
        if (loop is null)
        {
            loop = new SelfModelledLoop(observation.LoopId, _options);
            _byId.Add(observation.LoopId, loop);
            _loops.Add(loop);
        }
        return loop.Observe(observation, nowNs);
    }

    public IReadOnlyList<LoopState> State()
    {
        LoopState[] states = new LoopState[_loops.Count];
        for (int i = 0; i < states.Length; i++)
        {
            states[i] = _loops[i].State();
        }
        return states;
    }

    /// <summary>Takes the place of all loops, and of the two options that the state's numbers hold for.</summary>
    public void Restore(StrangeLoopState state, string argument)
    {
        LoopStateCheck.Check(state, argument);
        StrangeLoopOptions restored = _options with { AciStep = state.AciStep, Levels = state.Levels };
        List<SelfModelledLoop> loops = new(state.Loops.Count);
        Dictionary<string, SelfModelledLoop> byId = new(state.Loops.Count);
        foreach (LoopState loopState in state.Loops)
        {
            SelfModelledLoop loop = new(loopState, restored);
            loops.Add(loop);
            byId.Add(loop.LoopId, loop);
        }
        (_options, _loops, _byId) = (restored, loops, byId);
    }
}
