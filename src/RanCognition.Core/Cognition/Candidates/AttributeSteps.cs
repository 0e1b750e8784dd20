using RanCognition.Cognition.Situations;
using RanCognition.Contracts;

namespace RanCognition.Cognition.Candidates;

/// <summary>Steps of an attribute along the values that it can take.</summary>
/// <remarks>
/// A step goes to the value nearest to the wished distance that the guards let through. Where they let none through it goes to the next value all the same: the
/// guard then takes it out, by name, and the reader of the decision sees that a bound is in the way.
/// </remarks>
internal sealed class AttributeSteps(ConfigurationView configuration, GuardLimits limits)
{
    /// <summary>Whether a step in this direction stays within what the guards let through.</summary>
    public bool CanMove(string managedObject, string attribute, int direction, double step) =>
        Next(managedObject, attribute, direction, step, out bool within) is not null && within;

    /// <summary>The change; null when the range ends, or the present value is not a number.</summary>
    /// <param name="managedObject">It is of.</param>
    /// <param name="attribute">A known one, of numbers.</param>
    /// <param name="direction">1 = up, -1 = down.</param>
    /// <param name="step">Wished distance, more than 0, in the attribute's unit.</param>
    public ConfigurationChange? Change(string managedObject, string attribute, int direction, double step) =>
        Next(managedObject, attribute, direction, step, out _) is { } after
            ? new ConfigurationChange(managedObject, attribute, configuration.Given(managedObject, attribute), new MetadataValue.Number(after))
            : null;

    private double? Next(string managedObject, string attribute, int direction, double step, out bool within)
    {
        within = false;
        AttributeRule rule = AttributeRules.Find(attribute)!;
        double present = configuration.Number(managedObject, attribute);
        if (!double.IsFinite(present))
        {
            return null;
        }
        (double lower, double upper) = limits.Bounds(attribute);
        double largest = limits.MaxChange(attribute);
        double? nearest = null, next = null;
        for (double? value = After(rule, present, direction); value is { } at; value = After(rule, at, direction))
        {
            next ??= at;
            double distance = Math.Abs(at - present);
            if (distance <= largest && at >= lower && at <= upper && (nearest is null || Math.Abs(distance - step) < Math.Abs(Math.Abs(nearest.Value - present) - step)))
            {
                nearest = at;
            }
            if (distance > step)   // farther ones are no nearer to the wish, and a leap back into the bounds is no step
            {
                break;
            }
        }
        within = nearest is not null;
        return nearest ?? next;
    }

    // The first value of the range beyond another.
    private static double? After(AttributeRule rule, double value, int direction)
    {
        if (rule.Values is { } values)
        {
            for (int i = 0; i < values.Length; i++)
            {
                double candidate = values[direction > 0 ? i : values.Length - 1 - i];
                if (direction > 0 ? candidate > value : candidate < value)
                {
                    return candidate;
                }
            }
            return null;
        }
        double steps = (value - rule.Lower) / rule.Step;
        double whole = direction > 0 ? Math.Floor(steps + 1e-9) + 1 : Math.Ceiling(steps - 1e-9) - 1;
        whole = Math.Max(0, Math.Min(whole, Math.Round((rule.Upper - rule.Lower) / rule.Step)));
        double after = rule.Lower + whole * rule.Step;
        return direction > 0 ? after > value ? after : null : after < value ? after : null;
    }
}
