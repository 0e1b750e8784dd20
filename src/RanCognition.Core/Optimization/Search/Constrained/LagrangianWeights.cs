namespace RanCognition.Optimization.Search.Constrained;

/// <summary>Turns an objective and constraints into one value for a strategy that knows no constraints, and learns prices and curvatures from generation to generation.</summary>
/// <remarks>
/// Augmented Lagrangian f + sum_j (price_j g_j + weight_j g_j^2 / 2) for constraints of weight, flat where a constraint holds with room: Atamna, Auger and Hansen, "Augmented Lagrangian constraint
/// handling for CMA-ES", 2016; Dufosse and Hansen, "Augmented Lagrangian, penalty techniques and surrogate modeling for constrained optimization with CMA-ES", 2021. What they evaluate at the mean is
/// taken as the mean over the better half of a generation.
/// </remarks>
internal sealed class LagrangianWeights
{
    private const double Damping = 5;
    private const double Change = 1.15;

    private readonly int _n;
    private readonly int _constraints;
    private readonly double[] _prices;
    private readonly double[] _weights;
    private readonly double[] _means;
    private readonly double[] _meansBefore;
    private readonly List<double> _column = [];
    private double _valueBefore;
    private bool _isFirst = true;

    public LagrangianWeights(int dimension, int constraints)
    {
        _n = dimension;
        _constraints = constraints;
        _prices = new double[constraints];
        _weights = new double[constraints];
        _means = new double[constraints];
        _meansBefore = new double[constraints];
    }

    /// <summary>Forgets what was learnt.</summary>
    public void Clear()
    {
        Array.Clear(_prices);
        Array.Clear(_weights);
        _isFirst = true;
    }

    /// <summary>Value of a row of a batch.</summary>
    public double Value(Batch batch, int row)
    {
        double value = batch.Value(row);
        if (double.IsInfinity(batch.Violation(row)) || value >= Batch.Failed)
        {
            return Batch.Failed;
        }
        ReadOnlySpan<double> constraints = batch.Constraints(row);
        for (int j = 0; j < _constraints; j++)
        {
            double weight = _weights[j], price = _prices[j], constraint = constraints[j];
            value += price + weight * constraint >= 0 ? price * constraint + 0.5 * weight * constraint * constraint : -0.5 * price * price / weight;
        }
        return Math.Min(value, Batch.Failed);
    }

    /// <summary>Chooses the first weights by how much the objective and the constraints vary over a generation.</summary>
    /// <returns>Whether this was the first generation: its values have to be taken anew.</returns>
    public bool Begin(Batch batch)
    {
        if (!_isFirst)
        {
            return false;
        }
        double spread = Spread(batch, -1);
        for (int j = 0; j < _constraints; j++)
        {
            double own = Spread(batch, j);
            double weight = own > 0 ? Math.Max(spread, 1e-300) / own / own : 1;
            _weights[j] = double.IsFinite(weight) && weight > 0 ? weight : 1;
        }
        return true;
    }

    /// <summary>Learns from the better half of a generation.</summary>
    /// <param name="batch">The generation.</param>
    /// <param name="order">Its rows, best first.</param>
    public void Learn(Batch batch, ReadOnlySpan<int> order)
    {
        int half = Math.Max(1, order.Length / 2), used = 0;
        double value = 0;
        Array.Clear(_means);
        for (int rank = 0; rank < half; rank++)
        {
            double own = Value(batch, order[rank]);
            if (own >= Batch.Failed)
            {
                break;
            }
            used++;
            value += own;
            Vectors.AddScaled(_means, 1, batch.Constraints(order[rank]));
        }
        if (used == 0)
        {
            return;
        }
        value /= used;
        for (int j = 0; j < _constraints; j++)
        {
            double mean = _means[j] /= used, weight = _weights[j], price = _prices[j];
            double learnt = Math.Max(0, price + weight * mean / Damping);
            bool isActive = price + weight * mean >= 0;
            if (!_isFirst && isActive && learnt > 0)
            {
                double change = Math.Abs(mean - _meansBefore[j]);
                bool isWeak = weight * mean * mean < 3 * Math.Abs(value - _valueBefore) / _n || 5 * change < Math.Abs(mean);
                weight *= isWeak ? Math.Pow(Change, 0.25) : 1 / Change;
                _weights[j] = Math.Clamp(weight, 1e-200, 1e200);
            }
            _prices[j] = Math.Min(learnt, 1e200);
            _meansBefore[j] = mean;
        }
        _valueBefore = value;
        _isFirst = false;
    }

    /// <summary>Distance of the quartiles of a column; -1 = the objective.</summary>
    private double Spread(Batch batch, int constraint)
    {
        _column.Clear();
        for (int row = 0; row < batch.Count; row++)
        {
            if (!double.IsInfinity(batch.Violation(row)))
            {
                _column.Add(constraint < 0 ? batch.Value(row) : batch.Constraints(row)[constraint]);
            }
        }
        _column.Sort();
        return _column.Count == 0 ? 0 : _column[3 * _column.Count / 4] - _column[_column.Count / 4];
    }
}
