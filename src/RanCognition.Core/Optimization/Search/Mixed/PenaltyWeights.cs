namespace RanCognition.Optimization.Search.Mixed;

/// <summary>Prices of the constraints: what a unit of violation costs in units of the objective.</summary>
/// <remarks>They rise while a search ends at points that violate the constraint, and fall while it ends at points that satisfy all, so that it crosses the border of what is allowed again and again.</remarks>
internal sealed class PenaltyWeights
{
    private const double Rise = 1.5;
    private const double Fall = 0.85;
    private const double FirstPrice = 2;   // of what the objective changes per what the constraint changes

    private readonly double[] _prices;

    // Sums of how much the objective and the constraints differ between points.
    private readonly double[] _changes;
    private double _objectiveChange;

    public PenaltyWeights(int constraints)
    {
        _prices = new double[constraints];
        _changes = new double[constraints];
    }

    /// <summary>Value with what the violations cost; 1e300 when it failed.</summary>
    public double Merit(Batch batch, int row)
    {
        if (double.IsInfinity(batch.Violation(row)))
        {
            return Batch.Failed;
        }
        double merit = batch.Value(row);
        ReadOnlySpan<double> constraints = batch.Constraints(row);
        for (int j = 0; j < constraints.Length; j++)
        {
            merit += constraints[j] > 0 ? _prices[j] * constraints[j] : 0;
        }
        return Math.Min(merit, Batch.Failed);
    }

    /// <summary>Sets the first prices from how points differ.</summary>
    public void Learn(Batch batch)
    {
        for (int row = 1; row < batch.Count; row++)
        {
            if (double.IsInfinity(batch.Violation(row)) || double.IsInfinity(batch.Violation(0)))
            {
                continue;
            }
            _objectiveChange += Math.Abs(batch.Value(row) - batch.Value(0));
            for (int j = 0; j < _prices.Length; j++)
            {
                _changes[j] += Math.Abs(batch.Constraints(row)[j] - batch.Constraints(0)[j]);
            }
        }
        for (int j = 0; j < _prices.Length; j++)
        {
            _prices[j] = _changes[j] > 0 && _objectiveChange > 0 ? FirstPrice * _objectiveChange / _changes[j] : 1;
        }
    }

    /// <summary>Changes the prices by where a search ended.</summary>
    public void Adapt(Batch batch, int row)
    {
        ReadOnlySpan<double> constraints = batch.Constraints(row);
        bool isFeasible = batch.Violation(row) == 0;
        for (int j = 0; j < constraints.Length; j++)
        {
            double factor = isFeasible ? Fall : constraints[j] > 0 ? Rise : 1;
            _prices[j] = Math.Clamp(_prices[j] * factor, 1e-200, 1e200);
        }
    }
}
