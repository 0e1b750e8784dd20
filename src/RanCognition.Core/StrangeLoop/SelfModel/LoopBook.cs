using RanCognition.Contracts;

namespace RanCognition.StrangeLoop.SelfModel;

/// <summary>The loops that a core knows, and what each believes about itself.</summary>
/// <remarks>
/// In one call the observed values come first and close the open prediction of their metric; then the new predictions open. A prediction of a metric whose last one was never observed replaces
/// that one, and nothing is learned. A change of a metric's coverage begins a new record of coverage for it, a change of the names of the experts a new record of weights and regret.
/// </remarks>
internal sealed class LoopBook(StrangeLoopOptions options)
{
    // Measured, about: of a loop, and of a metric with all of its history.
    private const int LoopBytes = 400;
    private const int MetricBytes = 6000;

    private Dictionary<string, SelfModelledLoop> _byId = [];
    private List<SelfModelledLoop> _loops = [];   // in the order in which they first spoke
    private int _metrics;   // of all loops

    /// <summary>What the loops hold once they have their history, about.</summary>
    public ulong MemoryBytes => (ulong)_loops.Count * LoopBytes + (ulong)_metrics * MetricBytes;

    /// <summary>One loop's word. Whatever is wrong with it, nothing has changed then.</summary>
    public LoopReply Observe(LoopObservation observation, ulong nowNs)
    {
        _byId.TryGetValue(observation.LoopId, out SelfModelledLoop? loop);
        LoopCheck.Check(observation, loop, _loops.Count);
        if (loop is null)
        {
            loop = new SelfModelledLoop(observation.LoopId, options);
            _byId.Add(observation.LoopId, loop);
            _loops.Add(loop);
        }
        int before = loop.Metrics.Count;
        LoopReply reply = loop.Observe(observation, nowNs);
        _metrics += loop.Metrics.Count - before;
        return reply;
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

    /// <summary>Takes the place of all loops. Whatever is wrong with the states, nothing has changed then.</summary>
    /// <param name="states">Of a core with the same step of conformal inference and the same levels.</param>
    /// <param name="argument">Name of the state that they are of, for messages.</param>
    public void Restore(IReadOnlyList<LoopState> states, string argument)
    {
        LoopStateCheck.Check(states, options, argument);
        List<SelfModelledLoop> loops = new(states.Count);
        Dictionary<string, SelfModelledLoop> byId = new(states.Count);
        int metrics = 0;
        foreach (LoopState state in states)
        {
            SelfModelledLoop loop = new(state, options);
            loops.Add(loop);
            byId.Add(loop.LoopId, loop);
            metrics += loop.Metrics.Count;
        }
        (_loops, _byId, _metrics) = (loops, byId, metrics);
    }
}
