using RanCognition.Contracts;

namespace RanCognition.Cognition.Situations;

/// <summary>How far the guards let attributes go: the caller's settings over the defaults of <see cref="AttributeRules"/>.</summary>
internal sealed class GuardLimits(GuardSettings settings)
{
    /// <summary>Least and largest value that AT_BOUND lets through; those of the attribute's range when it is switched off, infinite for an unknown attribute.</summary>
    public (double Lower, double Upper) Bounds(string attribute)
    {
        AttributeRule? rule = AttributeRules.Find(attribute);
        if (settings.AtBound)
        {
            for (int i = settings.Bounds.Count - 1; i >= 0; i--)   // the last one given counts
            {
                if (settings.Bounds[i].Key == attribute)
                {
                    return settings.Bounds[i].Value;
                }
            }
            if (rule is { Words: null })
            {
                return (rule.BoundLower, rule.BoundUpper);
            }
        }
        return rule is { Words: null } ? (rule.Lower, rule.Upper) : (double.NegativeInfinity, double.PositiveInfinity);
    }

    /// <summary>Largest change of a decision that MAX_CHANGE lets through; infinite when there is none or it is switched off.</summary>
    public double MaxChange(string attribute)
    {
        if (!settings.MaxChange)
        {
            return double.PositiveInfinity;
        }
        for (int i = settings.MaxChanges.Count - 1; i >= 0; i--)
        {
            if (settings.MaxChanges[i].Key == attribute)
            {
                return settings.MaxChanges[i].Value;
            }
        }
        return AttributeRules.Find(attribute)?.MaxChange ?? double.PositiveInfinity;
    }
}
