using RanCognition.Cognition.Situations;
using RanCognition.Contracts;

namespace RanCognition.Cognition.Networks;

/// <summary>What of a network may be turned for a question: by the task, and within what the guards let through.</summary>
/// <remarks>
/// Offsets: every value of the range within AT_BOUND and MAX_CHANGE. Tilts: 1, 2 and 4 degrees up and down; powers: 1 and 3 dB, but above the strongest cell of the network only where the question gives bounds;
/// where MAX_CHANGE is less than a step, MAX_CHANGE itself, down to a whole number. Cells that are off are only switched on. Objects of the protected list and attributes that are not allowed are left out.
/// </remarks>
internal sealed class NetworkKnobs
{
    private static readonly double[] TiltSteps = [10, 20, 40];   // 0.1 degree
    private static readonly double[] PowerSteps = [1, 3];   // dB

    private const int PowerDecimals = 6;

    private readonly DecisionProblem _question;
    private readonly GuardLimits _limits;
    private readonly CellSpec[] _cells;
    private readonly List<NetworkKnob> _knobs = [];
    private readonly double _strongestDbm;

    private NetworkKnobs(DecisionProblem question, CellSpec[] cells)
    {
        _question = question;
        _limits = new GuardLimits(question.Guards);
        _cells = cells;
        _strongestDbm = double.NegativeInfinity;
        foreach (CellSpec cell in cells)
        {
            _strongestDbm = Math.Max(_strongestDbm, cell.PowerDbm);
        }
        foreach (KeyValuePair<string, (double Lower, double Upper)> bounds in question.Guards.Bounds)
        {
            _strongestDbm = bounds.Key == AttributeRules.ConfiguredMaxTxPower ? double.PositiveInfinity : _strongestDbm;
        }
    }

    /// <summary>The knobs, cell by cell.</summary>
    /// <param name="question">With its guards.</param>
    /// <param name="cells">As they are set now.</param>
    /// <param name="task">What may be turned.</param>
    /// <param name="among">Cells that may be turned; null = all.</param>
    public static List<NetworkKnob> Of(DecisionProblem question, CellSpec[] cells, NetworkTask task, bool[]? among)
    {
        var builder = new NetworkKnobs(question, cells);
        for (int cell = 0; cell < cells.Length; cell++)
        {
            if ((among is null || among[cell]) && !builder.IsProtected(cell))
            {
                builder.AddCell(cell, task);
            }
        }
        return builder._knobs;
    }

    private void AddCell(int cell, NetworkTask task)
    {
        bool isOn = _cells[cell].On;
        if (task is NetworkTask.EnergySaving or NetworkTask.Any && IsAllowed(AttributeRules.AdministrativeState))
        {
            _knobs.Add(new NetworkKnob(cell, AttributeRules.AdministrativeState, [0, 1], isOn ? 1 : 0));
        }
        if (isOn && task is NetworkTask.LoadBalancing or NetworkTask.Any)
        {
            AddOffset(cell);
        }
        if (isOn && task is NetworkTask.Coverage or NetworkTask.Outage or NetworkTask.Any)
        {
            AddSteps(cell, AttributeRules.DigitalTilt, TiltSteps, double.PositiveInfinity);
            AddSteps(cell, AttributeRules.ConfiguredMaxTxPower, PowerSteps, _strongestDbm);
        }
    }

    private void AddOffset(int cell)
    {
        const string Attribute = AttributeRules.CellIndividualOffset;
        if (IsAllowed(Attribute))
        {
            Add(cell, Attribute, [.. AttributeRules.OffsetRange], double.PositiveInfinity);
        }
    }

    private void AddSteps(int cell, string attribute, double[] steps, double most)
    {
        if (!IsAllowed(attribute))
        {
            return;
        }
        double present = CellAttributes.Of(_cells[cell], attribute), limit = Math.Floor(_limits.MaxChange(attribute));
        int decimals = AttributeRules.Find(attribute)!.Step == 1 ? 0 : PowerDecimals;
        List<double> values = [];
        foreach (double step in steps)
        {
            double possible = Math.Min(step, limit);
            if (possible > 0)
            {
                values.Add(Math.Round(present - possible, decimals));
                values.Add(Math.Round(present + possible, decimals));
            }
        }
        Add(cell, attribute, values, most);
    }

    /// <summary>Adds a knob of those values that the guards let through, if there is one besides the present.</summary>
    private void Add(int cell, string attribute, List<double> values, double most)
    {
        double present = CellAttributes.Of(_cells[cell], attribute), maxChange = _limits.MaxChange(attribute);
        (double lower, double upper) = _limits.Bounds(attribute);
        AttributeRule rule = AttributeRules.Find(attribute)!;
        List<double> kept = [present];
        foreach (double value in values)
        {
            bool isRight = value >= lower && value <= Math.Min(upper, most) && Math.Abs(value - present) <= maxChange && rule.Allows(value);
            if (isRight && !kept.Contains(value))
            {
                kept.Add(value);
            }
        }
        if (kept.Count > 1)
        {
            kept.Sort();
            _knobs.Add(new NetworkKnob(cell, attribute, [.. kept], kept.IndexOf(present)));
        }
    }

    private bool IsAllowed(string attribute)
    {
        if (_question.Guards.AllowedAttributes is not { } allowed)
        {
            return true;
        }
        foreach (string name in allowed)
        {
            if (name == attribute)
            {
                return true;
            }
        }
        return false;
    }

    private bool IsProtected(int cell)
    {
        foreach (string name in _question.Protected)
        {
            if (CellAttributes.CellOf(name, _cells.Length) == cell)
            {
                return true;
            }
        }
        return false;
    }
}
