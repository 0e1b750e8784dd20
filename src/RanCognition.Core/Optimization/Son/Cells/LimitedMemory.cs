namespace RanCognition.Optimization.Son;

/// <summary>Curvature of a function that is to be large, from the last steps and what they did to its slopes.</summary>
/// <remarks>Nocedal, "Updating quasi-Newton matrices with limited storage", Mathematics of Computation 35, 1980: the recursion of two loops.</remarks>
internal sealed class LimitedMemory(int dimension)
{
    private const int Pairs = 12;

    private readonly double[][] _steps = new double[Pairs][];
    private readonly double[][] _changes = new double[Pairs][];   // of the slopes, downwards
    private readonly double[] _products = new double[Pairs];
    private readonly double[] _alpha = new double[Pairs];
    private int _count;

    public bool IsEmpty => _count == 0;

    public void Clear() => _count = 0;

    /// <summary>Takes a step in; one along which the function bends upwards says nothing.</summary>
    public void Add(double[] before, double[] after, double[] slopeBefore, double[] slopeAfter)
    {
        double[] step = new double[dimension], change = new double[dimension];
        double product = 0, square = 0;
        for (int i = 0; i < dimension; i++)
        {
            step[i] = after[i] - before[i];
            change[i] = slopeBefore[i] - slopeAfter[i];
            product += step[i] * change[i];
            square += change[i] * change[i];
        }
        if (!(product > 1e-10 * square) || square == 0)
        {
            return;
        }
        if (_count == Pairs)
        {
            Array.Copy(_steps, 1, _steps, 0, Pairs - 1);
            Array.Copy(_changes, 1, _changes, 0, Pairs - 1);
            Array.Copy(_products, 1, _products, 0, Pairs - 1);
            _count--;
        }
        (_steps[_count], _changes[_count], _products[_count]) = (step, change, product);
        _count++;
    }

    /// <summary>Where the function grows, as far as the curvature reaches.</summary>
    public void Direction(double[] slope, double[] direction)
    {
        slope.CopyTo(direction, 0);
        for (int pair = _count - 1; pair >= 0; pair--)
        {
            _alpha[pair] = Dot(_steps[pair], direction) / _products[pair];
            AddTo(direction, -_alpha[pair], _changes[pair]);
        }
        if (_count > 0)
        {
            double scale = _products[_count - 1] / Dot(_changes[_count - 1], _changes[_count - 1]);
            for (int i = 0; i < dimension; i++)
            {
                direction[i] *= scale;
            }
        }
        for (int pair = 0; pair < _count; pair++)
        {
            double beta = Dot(_changes[pair], direction) / _products[pair];
            AddTo(direction, _alpha[pair] - beta, _steps[pair]);
        }
    }

    private static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static void AddTo(double[] target, double factor, double[] source)
    {
        for (int i = 0; i < target.Length; i++)
        {
            target[i] += factor * source[i];
        }
    }
}
