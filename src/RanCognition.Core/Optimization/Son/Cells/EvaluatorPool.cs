using RanCognition.RadioNetwork;

namespace RanCognition.Optimization.Son;

/// <summary>Evaluators of one network for as many threads as ask at the same time.</summary>
internal sealed class EvaluatorPool(RadioNetworkEvaluator first)
{
    private readonly Lock _lock = new();
    private readonly List<RadioNetworkEvaluator> _idle = [first.CloneForThread()];

    /// <summary>One that nobody else has; its settings are anything.</summary>
    public RadioNetworkEvaluator Rent()
    {
        lock (_lock)
        {
            if (_idle.Count > 0)
            {
                RadioNetworkEvaluator evaluator = _idle[^1];
                _idle.RemoveAt(_idle.Count - 1);
                return evaluator;
            }
            return first.CloneForThread();   // the first is never given away: it stays as it is
        }
    }

    public void Return(RadioNetworkEvaluator evaluator)
    {
        lock (_lock)
        {
            _idle.Add(evaluator);
        }
    }
}
