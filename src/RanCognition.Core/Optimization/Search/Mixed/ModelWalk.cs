namespace RanCognition.Optimization.Search.Mixed;

/// <summary>A point and what a model says of it; a change of one variable costs a term per other variable, not all terms.</summary>
internal sealed class ModelWalk
{
    private readonly ModelFeatures _features;
    private readonly LinearModel _model;
    private readonly int _outputs;
    private readonly double[] _terms;
    private readonly double[] _values;
    private readonly double[] _trial;

    // Per output: what the products give for a unit of the variable at hand.
    private readonly double[] _crossings;
    private int _crossed = -1;

    public ModelWalk(ModelFeatures features, LinearModel model, int dimension, int outputs)
    {
        _features = features;
        _model = model;
        _outputs = outputs;
        Point = new double[dimension];
        _terms = new double[features.Count];
        _values = new double[outputs];
        _trial = new double[outputs];
        _crossings = new double[outputs];
    }

    public double[] Point { get; }

    /// <summary>Values of the model at the point.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>Computes the values anew after the point was set.</summary>
    public void Begin()
    {
        _features.Fill(Point, _terms);
        for (int output = 0; output < _outputs; output++)
        {
            _values[output] = _model.Value(output, _terms);
        }
        _crossed = -1;
    }

    /// <summary>Values of the model with one coordinate changed.</summary>
    public ReadOnlySpan<double> Try(int variable, double coordinate)
    {
        _values.CopyTo(_trial, 0);
        AddChange(variable, coordinate);
        return _trial;
    }

    /// <summary>Values of the model with the coordinates of two variables exchanged.</summary>
    public ReadOnlySpan<double> TryExchange(int variable, int other)
    {
        _values.CopyTo(_trial, 0);
        AddChange(variable, Point[other]);
        AddChange(other, Point[variable]);
        int product = _features.Product(variable, other);
        if (product >= 0)
        {
            double moves = (_features.Place(variable, Point[other]) - _features.Place(variable, Point[variable])) * (_features.Place(other, Point[variable]) - _features.Place(other, Point[other]));
            for (int output = 0; output < _outputs; output++)
            {
                _trial[output] += Coefficient(output, product) * moves;
            }
        }
        return _trial;
    }

    /// <summary>Makes a change of one coordinate.</summary>
    public void Change(int variable, double coordinate)
    {
        Try(variable, coordinate).CopyTo(_values);
        Point[variable] = coordinate;
        _crossed = -1;
    }

    private double Coefficient(int output, int term) => _model.Coefficients[output * _features.Count + term];

    private void AddChange(int variable, double coordinate)
    {
        (int before, int after) = (_features.CategoryTerm(variable, Point[variable]), _features.CategoryTerm(variable, coordinate));
        if (before >= 0)
        {
            for (int output = 0; output < _outputs && before != after; output++)
            {
                _trial[output] += (after > 0 ? Coefficient(output, after) : 0) - (before > 0 ? Coefficient(output, before) : 0);
            }
            return;
        }
        int first = _features.First(variable);
        if (first < 0)
        {
            return;
        }
        double from = _features.Place(variable, Point[variable]), to = _features.Place(variable, coordinate);
        bool hasSquare = _features.HasSquare(variable);
        Cross(variable);
        for (int output = 0; output < _outputs; output++)
        {
            _trial[output] += (to - from) * (Coefficient(output, first) + _crossings[output]) + (hasSquare ? (to * to - from * from) * Coefficient(output, first + 1) : 0);
        }
    }

    private void Cross(int variable)
    {
        if (_crossed == variable)
        {
            return;
        }
        _crossed = variable;
        Array.Clear(_crossings);
        for (int other = 0; other < Point.Length; other++)
        {
            int product = _features.Product(variable, other);
            if (product >= 0)
            {
                double place = _features.Place(other, Point[other]);
                for (int output = 0; output < _outputs; output++)
                {
                    _crossings[output] += Coefficient(output, product) * place;
                }
            }
        }
    }
}
