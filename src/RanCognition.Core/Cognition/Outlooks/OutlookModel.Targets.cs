using RanCognition.Cognition.Situations;
using RanCognition.Contracts;

namespace RanCognition.Cognition.Outlooks;

/// <summary>From values to probabilities.</summary>
internal sealed unsafe partial class OutlookModel
{
    // Verdicts are probabilities in halves, so that of several the least is that of all.
    private const byte Fails = 0;
    private const byte CannotTell = 1;
    private const byte Holds = 2;

    private Outlook Summary(IReadOnlyList<ConfigurationChange> actions)
    {
        MetricExpectation[] expected = new MetricExpectation[_metrics.Length];
        bool[] reached = new bool[_metrics.Length];
        double[]? answers = actions.Count > 0 ? _answers?.Values(actions, _keys) : null;
        double objective = double.NaN;
        for (int i = 0; i < _metrics.Length; i++)
        {
            MetricOutlookState metric = _metrics[i];
            MetricEffect effect = actions.Count == 0 ? default : EffectOf(metric, actions, AnswerOf(metric.Place.Reference, answers));
            double mean = metric.Mean;
            reached[i] = effect.Kind != EffectKind.None;
            expected[i] = reached[i] ? Change(metric, effect, ref _changed[i], out mean) : metric.Expected;
            if (i < _targetMetrics)
            {
                _judged[i] = reached[i] ? _changed[i] : metric.Judged;
            }
            objective = i == _objective ? mean : objective;
        }
        double[] probabilities = new double[_targets.Count];
        return new Outlook
        {
            Expected = expected,
            ProbabilityOfTargets = ProbabilityOf(reached.AsSpan(0, _targetMetrics), probabilities),
            TargetProbabilities = probabilities,
            Objective = objective,
        };
    }

    /// <summary>Probability of all targets together, and of each. A target that cannot be told in every future cannot be judged; where it, or several, cannot be told, they count as one of which nothing is known.</summary>
    private double ProbabilityOf(ReadOnlySpan<bool> reached, double[] probabilities)
    {
        if (probabilities.Length == 0)
        {
            return 1;
        }
        Array.Fill(_together, Holds);
        for (int target = 0; target < probabilities.Length; target++)
        {
            byte[] verdicts = _verdicts[target];
            if (IsReached(target, reached))
            {
                verdicts = _room;
                Judge(target, verdicts);
            }
            for (int s = 0; s < verdicts.Length; s++)
            {
                _together[s] = Math.Min(_together[s], verdicts[s]);
            }
            probabilities[target] = verdicts.Contains(CannotTell) ? double.NaN : Probability(verdicts);
        }
        return Probability(_together);
    }

    private static double Probability(byte[] verdicts)
    {
        int halves = 0;
        foreach (byte verdict in verdicts)
        {
            halves += verdict;
        }
        return (double)halves / (Holds * verdicts.Length);
    }

    /// <summary>For each target the places of the metrics that it reads.</summary>
    private static int[][] ReadBy(ITargetJudge targets)
    {
        int[][] read = new int[targets.Count][];
        for (int target = 0; target < read.Length; target++)
        {
            List<int> places = [];
            for (int i = 0; i < targets.References.Count; i++)
            {
                if (targets.Reads(target, i))
                {
                    places.Add(i);
                }
            }
            read[target] = [.. places];
        }
        return read;
    }

    private bool IsReached(int target, ReadOnlySpan<bool> reached)
    {
        foreach (int place in _read[target])
        {
            if (reached[place])
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>Verdict of a target in every future.</summary>
    private void Judge(int target, byte[] verdicts)
    {
        double[] values = _values;
        int[] read = _read[target];
        Array.Fill(values, double.NaN);
        for (int s = 0; s < verdicts.Length; s++)
        {
            foreach (int place in read)
            {
                double[] judged = _judged[place];
                values[place] = judged.Length == 0 ? double.NaN : judged[s];
            }
            verdicts[s] = _targets.Holds(target, values) switch { true => Holds, false => Fails, null => CannotTell };
        }
    }
}
