using System.Diagnostics.CodeAnalysis;

namespace RanCognition.Temporal.Patterns;

/// <summary>Runs an <see cref="AnomalyDetector"/> over a whole series; a prefix of the series gives a prefix of the answer.</summary>
/// <remarks>Thread-safe: no state. Time: under a microsecond a value on a current machine. NaN and infinities are missing values.</remarks>
public static class AnomalyScan
{
    /// <summary>Writes the score of each value.</summary>
    /// <param name="values">On a regular grid; may be empty.</param>
    /// <param name="stepSeconds">Sampling step in seconds; 0 = unknown.</param>
    /// <param name="scores">One place for each value.</param>
    /// <exception cref="ArgumentException">scores has another length than values, or stepSeconds is out of its range.</exception>
    public static void Score(ReadOnlySpan<double> values, double stepSeconds, Span<double> scores)
    {
        RequireLength(values.Length, scores.Length, nameof(scores));
        var detector = new AnomalyDetector(stepSeconds);
        for (var i = 0; i < values.Length; i++)
        {
            scores[i] = detector.Step(values[i]).Score;
        }
    }

    /// <summary>Writes 1 for each value that raises an alarm, 0 for the others.</summary>
    /// <param name="values">On a regular grid; may be empty.</param>
    /// <param name="stepSeconds">Sampling step in seconds; 0 = unknown.</param>
    /// <param name="flags">One place for each value.</param>
    /// <param name="alarmsPerWeek">Nominal alarms a week, more than 0.</param>
    /// <exception cref="ArgumentException">flags has another length than values, or a parameter is out of its range.</exception>
    public static void Detect(ReadOnlySpan<double> values, double stepSeconds, Span<byte> flags, double alarmsPerWeek = 2)
    {
        RequireLength(values.Length, flags.Length, nameof(flags));
        var detector = new AnomalyDetector(stepSeconds, alarmsPerWeek);
        for (var i = 0; i < values.Length; i++)
        {
            flags[i] = detector.Step(values[i]).Alarm ? (byte)1 : (byte)0;
        }
    }

    /// <summary>The alarms as events, in order of time. They do not overlap; the last one may still be going on.</summary>
    /// <param name="values">On a regular grid; may be empty.</param>
    /// <param name="stepSeconds">Sampling step in seconds; 0 = unknown.</param>
    /// <param name="alarmsPerWeek">Nominal alarms a week, more than 0.</param>
    /// <exception cref="ArgumentException">A parameter is out of its range.</exception>
    public static AnomalyEvent[] Events(ReadOnlySpan<double> values, double stepSeconds, double alarmsPerWeek = 2)
    {
        var detector = new AnomalyDetector(stepSeconds, alarmsPerWeek);
        var events = new List<AnomalyEvent>();
        var open = false;
        for (var i = 0; i < values.Length; i++)
        {
            var point = detector.Step(values[i]);
            if (point.Alarm && !open)
            {
                events.Add(At(i, i, values[i], point));
            }
            else if (open && (point.Alarm || point.Likelihood >= AnomalyDetector.QuietLikelihood))
            {
                var current = events[^1];
                var higher = point.Likelihood > current.Likelihood || double.IsNaN(current.Value);
                events[^1] = higher && double.IsFinite(values[i]) ? At(current.Start, i, values[i], point) : current with { End = i };
            }
            open = detector.InEvent;
        }
        return [.. events];
    }

    private static AnomalyEvent At(int start, int index, double value, in AnomalyPoint point)
        => new(start, index, index, point.Kind, double.IsFinite(value) ? value : double.NaN, point.Expected, point.Likelihood);

    private static void RequireLength(int values, int results, string name)
    {
        if (values != results)
        {
            ThrowLength(name, values, results);
        }
    }

    [DoesNotReturn]
    private static void ThrowLength(string name, int expected, int given)
        => throw new ArgumentException($"needs {expected} places, has {given}", name);
}
