using RanCognition.Contracts;

namespace RanCognition.StrangeLoop.SelfModel;

/// <summary>A loop's experts: what they say of the open step, and the weights that their losses give them.</summary>
internal sealed class ExpertPanel
{
    private readonly string[] _names;
    private readonly AdaHedge _weights;
    private string[] _openMetrics = [];   // none = no step is open
    private double[] _openValues = [];   // expert by expert, as the metrics

    public ExpertPanel(IReadOnlyList<LoopExpert> experts)
    {
        _names = new string[experts.Count];
        for (int k = 0; k < _names.Length; k++)
        {
            _names[k] = experts[k].Name;
        }
        _weights = new AdaHedge(_names.Length);
    }

    public ExpertPanel(ExpertsState state)
    {
        _names = [.. state.Names];
        _weights = new AdaHedge(_names.Length);
        _weights.Restore(state.Losses, state.MixtureLoss, state.MixabilityGap, state.LargestSpread, state.Steps);
        _openMetrics = [.. state.OpenMetrics];
        _openValues = new double[_names.Length * _openMetrics.Length];
        for (int k = 0; k < state.OpenValues.Count; k++)
        {
            state.OpenValues[k].CopyTo(_openValues, k * _openMetrics.Length);
        }
    }

    /// <summary>Null while no step is closed.</summary>
    public RegretReport? Report => _weights.Steps == 0 ? null : new RegretReport(_weights.Regret, _weights.RegretBound, _weights.Steps);

    /// <summary>The same names, in any order.</summary>
    public bool IsOf(IReadOnlyList<LoopExpert> experts)
    {
        if (experts.Count != _names.Length)
        {
            return false;
        }
        for (int i = 0; i < experts.Count; i++)
        {
            if (PlaceOf(experts[i].Name, i) < 0)
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>Opens a step and mixes it; one that is open is forgotten.</summary>
    /// <returns>Weighted means, in the order of the first expert's metrics.</returns>
    public double[] Open(IReadOnlyList<LoopExpert> experts)
    {
        IReadOnlyList<LoopValue> first = experts[0].Values;
        _openMetrics = new string[first.Count];
        _openValues = new double[_names.Length * first.Count];
        double[] mixture = new double[first.Count];
        for (int metric = 0; metric < first.Count; metric++)
        {
            _openMetrics[metric] = first[metric].Metric;
        }
        for (int i = 0; i < experts.Count; i++)
        {
            int k = PlaceOf(experts[i].Name, i);
            IReadOnlyList<LoopValue> values = experts[i].Values;
            for (int metric = 0; metric < first.Count; metric++)
            {
                double value = values[LoopCheck.PlaceOf(values, first[metric].Metric, metric)].Value;
                _openValues[k * first.Count + metric] = value;
            }
        }
        for (int k = 0; k < _names.Length; k++)
        {
            for (int metric = 0; metric < first.Count; metric++)
            {
                mixture[metric] += _weights.Weights[k] * _openValues[k * first.Count + metric];
            }
        }
        return mixture;
    }

    /// <summary>Closes the open step when one of its metrics was observed; the loss of an expert is its mean absolute error over those that were.</summary>
    public void Learn(IReadOnlyList<LoopValue> observed)
    {
        int metrics = _openMetrics.Length, seen = 0;
        Span<double> losses = new double[_names.Length];
        for (int metric = 0; metric < metrics; metric++)
        {
            int place = LoopCheck.PlaceOf(observed, _openMetrics[metric], metric);
            if (place >= 0)
            {
                seen++;
                for (int k = 0; k < losses.Length; k++)
                {
                    losses[k] += Math.Abs(observed[place].Value - _openValues[k * metrics + metric]);
                }
            }
        }
        if (seen == 0)
        {
            return;
        }
        for (int k = 0; k < losses.Length; k++)
        {
            losses[k] /= seen;
        }
        _weights.Learn(losses);
        Forget();
    }

    /// <summary>The open step is not judged when a prediction replaced one of its metrics.</summary>
    public void ForgetIfReplaced(IReadOnlyList<LoopForecast> forecasts)
    {
        foreach (string metric in _openMetrics)
        {
            if (LoopCheck.PlaceOf(forecasts, metric) >= 0)
            {
                Forget();
                return;
            }
        }
    }

    public ExpertWeight[] Weights()
    {
        ExpertWeight[] weights = new ExpertWeight[_names.Length];
        for (int k = 0; k < weights.Length; k++)
        {
            weights[k] = new ExpertWeight(_names[k], _weights.Weights[k]);
        }
        return weights;
    }

    public ExpertsState State()
    {
        double[][] values = new double[_openMetrics.Length == 0 ? 0 : _names.Length][];
        for (int k = 0; k < values.Length; k++)
        {
            values[k] = _openValues.AsSpan(k * _openMetrics.Length, _openMetrics.Length).ToArray();
        }
        return new ExpertsState
        {
            Names = _names,
            Weights = _weights.Weights.ToArray(),
            Regret = Report,
            Losses = _weights.Losses.ToArray(),
            MixtureLoss = _weights.MixtureLoss,
            MixabilityGap = _weights.MixabilityGap,
            LargestSpread = _weights.LargestSpread,
            Steps = _weights.Steps,
            OpenMetrics = _openMetrics,
            OpenValues = values,
        };
    }

    private void Forget() => (_openMetrics, _openValues) = ([], []);

    private int PlaceOf(string name, int likely) => likely < _names.Length && _names[likely] == name ? likely : Array.IndexOf(_names, name);
}
