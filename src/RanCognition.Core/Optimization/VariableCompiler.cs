using System.Diagnostics;
using RanCognition.Contracts;
using RanCognition.Optimization.Search;

namespace RanCognition.Optimization;

/// <summary>Turns a variable into what it can be: bounds, step, list and largest change become an interval or a list of levels.</summary>
internal static class VariableCompiler
{
    // Whole numbers beyond are not exact.
    private const double WholeMax = 1L << 53;
    private const double StepsMax = 1L << 52;

    // Bounds and values that are a whole number of steps apart but for rounding: 0.3 is 3 steps of 0.1.
    private const double StepTolerance = 1e-9;

    /// <param name="variable">What was given.</param>
    /// <param name="place">Where, for messages.</param>
    public static SearchAxis Axis(DecisionVariable variable, string place)
    {
        if (variable.Initial is { } initial && !double.IsFinite(initial))
        {
            InvalidInputException.Throw(place + "/initial", "is not a finite number");
        }
        if (variable.MaxChange is { } change)
        {
            CheckChange(change, variable.Initial is not null, place + "/max_change");
        }
        return variable.Kind switch
        {
            VariableKind.Real when variable.Step is null => Interval(variable, place),
            VariableKind.Real or VariableKind.Integer => Steps(variable, place),
            VariableKind.Ordered => Ordered(variable, place),
            VariableKind.Binary => List(variable, [0, 1], place),
            VariableKind.Category => Category(variable, place),
            _ => throw new UnreachableException(),
        };
    }

    /// <summary>The value itself, or the level that it is but for rounding.</summary>
    /// <param name="axis">What the variable can be.</param>
    /// <param name="value">The value.</param>
    /// <param name="place">Where it was given, for messages.</param>
    public static double Allowed(SearchAxis axis, double value, string place)
    {
        if (!double.IsFinite(value))
        {
            InvalidInputException.Throw(place, "is not a finite number");
        }
        double nearest = axis.IsInterval ? Math.Clamp(value, axis.Lower, axis.Upper) : axis.Value(axis.Coordinate(value));
        if (axis.IsInterval ? nearest == value : Math.Abs(nearest - value) <= Tolerance(axis, value))
        {
            return nearest;
        }
        InvalidInputException.Throw(place, value < axis.Lower || value > axis.Upper
            ? $"{value} is not within {axis.Lower}..{axis.Upper}, what bounds and max_change leave"
            : $"{value} is none of the values that the variable can have; the nearest is {nearest}");
        return nearest;
    }

    private static double Tolerance(SearchAxis axis, double value) =>
        StepTolerance * (axis.PointCount > 1 ? (axis.Upper - axis.Lower) / (axis.PointCount - 1) : 0) + 4e-15 * Math.Abs(value);

    private static void CheckChange(double change, bool hasInitial, string place)
    {
        if (!double.IsFinite(change) || change < 0)
        {
            InvalidInputException.Throw(place, $"{change}, must be a finite number of at least 0");
        }
        if (!hasInitial)
        {
            InvalidInputException.Throw(place, "needs initial, which it counts from");
        }
    }

    private static void CheckBounds(DecisionVariable variable, string place)
    {
        if (!double.IsFinite(variable.Lower))
        {
            InvalidInputException.Throw(place + "/lower", "is not a finite number");
        }
        if (!double.IsFinite(variable.Upper))
        {
            InvalidInputException.Throw(place + "/upper", "is not a finite number");
        }
        if (variable.Upper < variable.Lower)
        {
            InvalidInputException.Throw(place + "/upper", $"{variable.Upper} is below lower, {variable.Lower}");
        }
        if (!double.IsFinite(variable.Upper - variable.Lower))
        {
            InvalidInputException.Throw(place + "/upper", "the range is too large");
        }
    }

    private static SearchAxis Interval(DecisionVariable variable, string place)
    {
        CheckBounds(variable, place);
        if (variable.Initial is not { } initial)
        {
            return SearchAxis.Interval(variable.Lower, variable.Upper);
        }
        CheckWithin(initial, variable.Lower, variable.Upper, place);
        double change = variable.MaxChange ?? double.PositiveInfinity;
        return SearchAxis.Interval(Math.Max(variable.Lower, initial - change), Math.Min(variable.Upper, initial + change));
    }

    private static void CheckWithin(double initial, double lower, double upper, string place)
    {
        if (initial < lower || initial > upper)
        {
            InvalidInputException.Throw(place + "/initial", $"{initial} is not within {lower}..{upper}");
        }
    }

    private static SearchAxis Steps(DecisionVariable variable, string place)
    {
        CheckBounds(variable, place);
        double lower = variable.Lower, upper = variable.Upper, step = variable.Step ?? 1;
        if (!double.IsFinite(step) || step <= 0)
        {
            InvalidInputException.Throw(place + "/step", $"{step}, must be a finite number above 0");
        }
        if (variable.Kind == VariableKind.Integer)
        {
            (lower, upper) = WholeBounds(lower, upper, step, place);
        }
        double steps = Math.Floor((upper - lower) / step + StepTolerance);
        if (steps >= StepsMax)
        {
            InvalidInputException.Throw(place + "/step", "is too small for the range: more than 2^52 values");
        }
        if (variable.Initial is not { } initial)
        {
            return SearchAxis.Steps(lower, step, 0, steps, -1, 0);
        }
        double present = (initial - lower) / step, anchor = Math.Round(present);
        if (anchor < 0 || anchor > steps)
        {
            CheckWithin(initial, lower, upper, place);
        }
        if (Math.Abs(present - anchor) > StepTolerance + 1e-15 * Math.Max(Math.Abs(initial), Math.Abs(lower)) / step || anchor < 0 || anchor > steps)
        {
            InvalidInputException.Throw(place + "/initial", $"{initial} is not lower + k step, which is {lower} + k {step}");
        }
        double most = (variable.MaxChange ?? double.PositiveInfinity) / step + StepTolerance;
        double first = Math.Max(0, anchor - Math.Floor(most)), last = Math.Min(steps, anchor + Math.Floor(most));
        return SearchAxis.Steps(lower, step, first, last, anchor, initial);
    }

    private static (double Lower, double Upper) WholeBounds(double lower, double upper, double step, string place)
    {
        if (Math.Abs(lower) > WholeMax || Math.Abs(upper) > WholeMax)
        {
            InvalidInputException.Throw(Math.Abs(lower) > WholeMax ? place + "/lower" : place + "/upper", "whole numbers beyond 2^53 are not exact");
        }
        if (step != Math.Floor(step))
        {
            InvalidInputException.Throw(place + "/step", $"{step}, must be a whole number, as the variable's values are");
        }
        double first = Math.Ceiling(lower), last = Math.Floor(upper);
        if (first > last)
        {
            InvalidInputException.Throw(place + "/upper", $"there is no whole number within {lower}..{upper}");
        }
        return (first, last);
    }

    private static SearchAxis Ordered(DecisionVariable variable, string place)
    {
        if (variable.Values is not { Count: > 0 } given)
        {
            throw new InvalidInputException(place + "/values", "is empty");
        }
        CheckLevels(given.Count, place + "/values");
        double[] values = new double[given.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = given[i];
            if (!double.IsFinite(values[i]))
            {
                InvalidInputException.Throw($"{place}/values/{i}", "is not a finite number");
            }
        }
        Array.Sort(values);
        for (int i = 1; i < values.Length; i++)
        {
            if (values[i] == values[i - 1])
            {
                InvalidInputException.Throw(place + "/values", $"has {values[i]} twice");
            }
        }
        if (!double.IsFinite(values[^1] - values[0]))
        {
            InvalidInputException.Throw(place + "/values", "the range is too large");
        }
        return List(variable, values, place);
    }

    private static void CheckLevels(int count, string place)
    {
        if (count > OptimizationLimits.LevelsMax)
        {
            InvalidInputException.Throw(place, $"has {count} entries, must have at most {OptimizationLimits.LevelsMax}");
        }
    }

    /// <summary>The values of a list that are not too far from the present one.</summary>
    private static SearchAxis List(DecisionVariable variable, double[] values, string place)
    {
        if (variable.Initial is not { } initial)
        {
            return SearchAxis.List(values, false);
        }
        double present = Allowed(SearchAxis.List(values, false), initial, place + "/initial");
        double most = (variable.MaxChange ?? double.PositiveInfinity) * (1 + StepTolerance);
        List<double> near = [];
        foreach (double value in values)
        {
            if (Math.Abs(value - present) <= most)
            {
                near.Add(value == present ? initial : value);
            }
        }
        return SearchAxis.List([.. near], false);
    }

    private static SearchAxis Category(DecisionVariable variable, string place)
    {
        if (variable.Categories is not { Count: > 0 } names)
        {
            throw new InvalidInputException(place + "/values", "is empty");
        }
        CheckLevels(names.Count, place + "/values");
        HashSet<string> known = new(StringComparer.Ordinal);
        double[] values = new double[names.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = i;
            if (!known.Add(names[i]))
            {
                InvalidInputException.Throw($"{place}/values/{i}", $"there is another '{names[i]}'");
            }
        }
        if (variable.Initial is not { } initial)
        {
            return SearchAxis.List(values, true);
        }
        if (initial != Math.Floor(initial) || initial < 0 || initial >= values.Length)
        {
            InvalidInputException.Throw(place + "/initial", $"{initial}, must be a place in values, 0..{values.Length - 1}");
        }
        return SearchAxis.List(variable.MaxChange == 0 ? [initial] : values, true);
    }
}
