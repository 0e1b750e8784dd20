using System.Diagnostics.CodeAnalysis;

namespace RanCognition.Temporal.Logic;

/// <summary>An objective: <c>maximize DRB.UEThpDl</c>, <c>min p95(DRB.RlcSduDelayDl)</c>.</summary>
/// <param name="Direction">Which way is better.</param>
/// <param name="Operand">What is judged; a metric without a statistic is judged by its mean over the look-ahead window.</param>
public sealed record ObjectiveExpression(ObjectiveDirection Direction, Operand Operand)
{
    /// <summary>Reads an objective. Never throws on text, whatever it holds.</summary>
    /// <param name="text">maximize, minimize (also -ise), max or min, then a metric, a quotient of two, or a statistic of one. A metric
    /// without a direction is not an objective.</param>
    /// <param name="objective">The objective.</param>
    /// <param name="reason">Why the text is none, with the column (from 1).</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out ObjectiveExpression? objective, [NotNullWhen(false)] out string? reason)
    {
        ArgumentNullException.ThrowIfNull(text);
        objective = ExpressionParser.Objective(text, out reason);
        reason = objective is null ? reason ?? "the objective is not understood" : null;
        return objective is not null;
    }

    /// <summary>Canonical text; parsing it gives this objective again.</summary>
    public override string ToString() =>
        (Direction == ObjectiveDirection.Maximize ? "maximize " : "minimize ") + Operand;
}
