using System.Diagnostics.CodeAnalysis;
using System.Text;
using RanCognition.Contracts;

namespace RanCognition.StrangeLoop.SelfModel;

/// <summary>Everything that can be wrong with an observation, found before anything changes.</summary>
internal static class LoopCheck
{
    private const string Argument = "observation";

    /// <param name="observation">What is told.</param>
    /// <param name="loop">Null = the loop is new.</param>
    /// <param name="loops">Loops known.</param>
    public static void Check(LoopObservation observation, SelfModelledLoop? loop, int loops)
    {
        CheckName(observation.LoopId, "loop_id");
        if (loop is null && loops >= StrangeLoopLimits.LoopsMax)
        {
            throw new LimitExceededException(Argument, $"loop_id: more than {StrangeLoopLimits.LoopsMax} loops");
        }
        if (loop is not null && observation.TimeNs < loop.TimeNs)
        {
            Refuse("time_ns", $"{observation.TimeNs} is before {loop.TimeNs}, when the loop last spoke");
        }
        CheckValues(observation.Observed, "observed");
        foreach (LoopValue observed in observation.Observed)
        {
            if (loop?.Find(observed.Metric)?.Open is null)
            {
                Refuse("observed/" + observed.Metric, "no prediction of it is open");
            }
        }
        CheckExperts(observation.Experts);
        IReadOnlyList<LoopValue> mixed = observation.Experts.Count > 0 ? observation.Experts[0].Values : [];
        CheckForecasts(observation.Predict, mixed);
        CheckCount(observation, loop, mixed);
        if (observation.Actions.Count > StrangeLoopLimits.ActionsMax)
        {
            throw new LimitExceededException(Argument, $"actions: more than {StrangeLoopLimits.ActionsMax} changes");
        }
    }

    private static void CheckForecasts(IReadOnlyList<LoopForecast> forecasts, IReadOnlyList<LoopValue> mixed)
    {
        CheckLength(forecasts.Count, StrangeLoopLimits.MetricsMax, "predict", "metrics");
        for (int i = 0; i < forecasts.Count; i++)
        {
            LoopForecast forecast = forecasts[i];
            string place = "predict/" + forecast.Metric;
            CheckName(forecast.Metric, "predict");
            for (int before = 0; before < i; before++)
            {
                if (forecasts[before].Metric == forecast.Metric)
                {
                    Refuse(place, "is given twice");
                }
            }
            CheckNumber(forecast.Mean ?? 0, place, "/mean");
            CheckNumber(forecast.Lower ?? 0, place, "/lower");
            CheckNumber(forecast.Upper ?? 0, place, "/upper");
            if (!(forecast.Coverage > 0 && forecast.Coverage < 1))
            {
                Refuse(place + "/coverage", $"{forecast.Coverage}, must be above 0 and below 1");
            }
            if (forecast.Lower > forecast.Upper)
            {
                Refuse(place + "/lower", $"{forecast.Lower} is above upper, {forecast.Upper}");
            }
            if (forecast.Mean is null && PlaceOf(mixed, forecast.Metric, i) < 0)
            {
                Refuse(place + "/mean", "is missing, and no expert gives the metric");
            }
        }
    }

    private static void CheckExperts(IReadOnlyList<LoopExpert> experts)
    {
        CheckLength(experts.Count, StrangeLoopLimits.ExpertsMax, "experts", "experts");
        for (int i = 0; i < experts.Count; i++)
        {
            LoopExpert expert = experts[i];
            string place = "experts/" + expert.Name;
            CheckName(expert.Name, "experts");
            for (int before = 0; before < i; before++)
            {
                if (experts[before].Name == expert.Name)
                {
                    Refuse(place, "is given twice");
                }
            }
            if (expert.Values.Count == 0)
            {
                Refuse(place, "gives no metric");
            }
            CheckValues(expert.Values, place);
            IReadOnlyList<LoopValue> first = experts[0].Values;
            for (int metric = 0; metric < Math.Max(first.Count, expert.Values.Count); metric++)
            {
                if (metric < first.Count && PlaceOf(expert.Values, first[metric].Metric, metric) < 0)
                {
                    Refuse(place, $"metric '{first[metric].Metric}' is missing, other experts give it");
                }
                if (metric < expert.Values.Count && PlaceOf(first, expert.Values[metric].Metric, metric) < 0)
                {
                    Refuse("experts/" + experts[0].Name, $"metric '{expert.Values[metric].Metric}' is missing, other experts give it");
                }
            }
        }
    }

    private static void CheckValues(IReadOnlyList<LoopValue> values, string place)
    {
        CheckLength(values.Count, StrangeLoopLimits.MetricsMax, place, "metrics");
        for (int i = 0; i < values.Count; i++)
        {
            CheckName(values[i].Metric, place);
            if (PlaceOf(values, values[i].Metric, 0) < i)
            {
                Refuse($"{place}/{values[i].Metric}", "is given twice");
            }
            CheckNumber(values[i].Value, place, "/" + values[i].Metric);
        }
    }

    private static void CheckCount(LoopObservation observation, SelfModelledLoop? loop, IReadOnlyList<LoopValue> mixed)
    {
        int count = loop?.Metrics.Count ?? 0;
        foreach (LoopForecast forecast in observation.Predict)
        {
            count += loop?.Find(forecast.Metric) is null ? 1 : 0;
        }
        for (int i = 0; i < mixed.Count; i++)
        {
            count += loop?.Find(mixed[i].Metric) is null && PlaceOf(observation.Predict, mixed[i].Metric) < 0 ? 1 : 0;
        }
        CheckLength(count, StrangeLoopLimits.MetricsMax, "loop_id", "metrics of one loop");
    }

    /// <summary>Where a metric is; -1 = nowhere.</summary>
    /// <param name="values">Among these.</param>
    /// <param name="metric">Its name.</param>
    /// <param name="likely">Looked at first: experts mostly keep one order.</param>
    internal static int PlaceOf(IReadOnlyList<LoopValue> values, string metric, int likely)
    {
        if (likely < values.Count && values[likely].Metric == metric)
        {
            return likely;
        }
        for (int i = 0; i < values.Count; i++)
        {
            if (values[i].Metric == metric)
            {
                return i;
            }
        }
        return -1;
    }

    internal static int PlaceOf(IReadOnlyList<LoopForecast> forecasts, string metric)
    {
        for (int i = 0; i < forecasts.Count; i++)
        {
            if (forecasts[i].Metric == metric)
            {
                return i;
            }
        }
        return -1;
    }

    private static void CheckName(string name, string place)
    {
        if (name.Length == 0)
        {
            Refuse(place, "a name is empty");
        }
        if (name.Length > StrangeLoopLimits.NameBytesMax / 3 && Encoding.UTF8.GetByteCount(name) > StrangeLoopLimits.NameBytesMax)
        {
            throw new LimitExceededException(Argument, $"{place}: a name of more than {StrangeLoopLimits.NameBytesMax} bytes");
        }
    }

    private static void CheckNumber(double value, string place, string part)
    {
        if (!(Math.Abs(value) <= StrangeLoopLimits.ValueMax))
        {
            Refuse(place + part, $"{value}, must be within -1e150..1e150");
        }
    }

    private static void CheckLength(int count, int most, string place, string what)
    {
        if (count > most)
        {
            throw new LimitExceededException(Argument, $"{place}: more than {most} {what}");
        }
    }

    [DoesNotReturn]
    private static void Refuse(string place, string reason) => InvalidInputException.Throw($"{Argument}/{place}", reason);
}
