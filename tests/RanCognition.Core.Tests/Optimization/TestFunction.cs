namespace RanCognition.Tests.Optimization;

/// <summary>Eight of the noiseless BBOB functions, written for the tests apart from those of the library.</summary>
/// <remarks>Source: Hansen, Finck, Ros, Auger, "Real-parameter black-box optimization benchmarking 2009: noiseless functions definitions".</remarks>
internal sealed class TestFunction
{
    private const int Peaks = 101;
    private readonly int _id;
    private readonly int _n;
    private readonly double[] _optimum;
    private readonly double[] _signs = [];
    private readonly double[] _scales;
    private readonly double[][] _rotation = [];
    private readonly double[][] _mixing = [];
    private readonly double[][] _peakPlaces = [];
    private readonly double[][] _peakScales = [];
    private readonly double[] _peakHeights = [];
    private readonly double[] _t;
    private readonly double[] _z;

    public TestFunction(int id, int dimension, int instance)
    {
        (_id, _n) = (id, dimension);
        long seed = id + 10000L * instance;
        OptimumValue = Math.Clamp(Math.Floor(100.0 * 100.0 * Normal(1, seed)[0] / Normal(1, seed + 1)[0] + 0.5) / 100.0, -1000, 1000);
        double[] uniform = Uniform(_n, seed);
        _optimum = new double[_n];
        _scales = new double[_n];
        (_t, _z) = (new double[_n], new double[_n]);
        for (int i = 0; i < _n; i++)
        {
            _optimum[i] = 8 * Math.Floor(1e4 * uniform[i]) / 1e4 - 4;
            _optimum[i] = (_optimum[i] == 0 ? -1e-5 : _optimum[i]) * (id == 8 ? 0.75 : 1);
            _scales[i] = id == 10 ? Math.Pow(1e6, Share(i)) : Math.Pow(10, 0.5 * Share(i));
        }
        if (id is 10 or 13 or 15 or 17)
        {
            _rotation = Rotation(seed + 1000000, _n);
        }
        if (id is 13 or 15 or 17)
        {
            _mixing = Mixing(Rotation(seed, _n));
        }
        if (id == 20)
        {
            _signs = Array.ConvertAll(uniform, u => u < 0.5 ? -1.0 : 1.0);
        }
        if (id == 21)
        {
            _rotation = Rotation(seed, _n);
            (_peakPlaces, _peakScales, _peakHeights) = MakePeaks(seed);
        }
    }

    public double OptimumValue { get; }

    public double Evaluate(ReadOnlySpan<double> x)
    {
        for (int i = 0; i < _n; i++)
        {
            _t[i] = x[i] - (_id == 21 ? 0 : _optimum[i]);
        }
        return OptimumValue + _id switch
        {
            1 => SumOfSquares(_t),
            8 => Rosenbrock(),
            10 => Ellipsoid(),
            13 => SharpRidge(),
            15 => Rastrigin(),
            17 => Schaffers() + 10 * Outside(x),
            20 => Schwefel(x),
            21 => Gallagher() + Outside(x),
            _ => throw new ArgumentException("id"),
        };
    }

    private double Share(int i) => (double)i / (_n - 1);

    private static double SumOfSquares(double[] v)
    {
        double sum = 0;
        foreach (double value in v)
        {
            sum += value * value;
        }
        return sum;
    }

    private static double Outside(ReadOnlySpan<double> x)
    {
        double sum = 0;
        foreach (double value in x)
        {
            double beyond = Math.Abs(value) - 5;
            sum += beyond > 0 ? beyond * beyond : 0;
        }
        return sum;
    }

    private double Rosenbrock()
    {
        double factor = Math.Max(1, Math.Sqrt(_n) / 8), sum = 0;
        for (int i = 0; i < _n; i++)
        {
            _z[i] = factor * _t[i] + 1;
        }
        for (int i = 0; i + 1 < _n; i++)
        {
            double q = _z[i] * _z[i] - _z[i + 1];
            sum += 100 * q * q + (_z[i] - 1) * (_z[i] - 1);
        }
        return sum;
    }

    private double Ellipsoid()
    {
        Multiply(_rotation, _t, _z);
        double sum = 0;
        for (int i = 0; i < _n; i++)
        {
            double v = Oscillate(_z[i]);
            sum += _scales[i] * v * v;
        }
        return sum;
    }

    private double SharpRidge()
    {
        Multiply(_mixing, _t, _z);
        return _z[0] * _z[0] + 100 * Math.Sqrt(SumOfSquares(_z) - _z[0] * _z[0]);
    }

    private double Rastrigin()
    {
        Multiply(_rotation, _t, _z);
        for (int i = 0; i < _n; i++)
        {
            double v = Oscillate(_z[i]);
            _t[i] = v > 0 ? Math.Pow(v, 1 + 0.2 * Share(i) * Math.Sqrt(v)) : v;
        }
        Multiply(_mixing, _t, _z);
        double cosines = 0;
        foreach (double v in _z)
        {
            cosines += Math.Cos(2 * Math.PI * v);
        }
        return 10 * (_n - cosines) + SumOfSquares(_z);
    }

    private double Schaffers()
    {
        Multiply(_rotation, _t, _z);
        for (int i = 0; i < _n; i++)
        {
            _t[i] = _z[i] > 0 ? Math.Pow(_z[i], 1 + 0.5 * Share(i) * Math.Sqrt(_z[i])) : _z[i];
        }
        Multiply(_mixing, _t, _z);
        double sum = 0;
        for (int i = 0; i + 1 < _n; i++)
        {
            double q = _z[i] * _z[i] + _z[i + 1] * _z[i + 1], sine = Math.Sin(50 * Math.Pow(q, 0.1));
            sum += Math.Pow(q, 0.25) * (1 + sine * sine);
        }
        sum /= _n - 1;
        return sum * sum;
    }

    private double Schwefel(ReadOnlySpan<double> x)
    {
        const double place = 4.2096874637;
        double sum = 0, beyond = 0, before = 0;
        for (int i = 0; i < _n; i++)
        {
            double t = 2 * _signs[i] * x[i], z = t + (i > 0 ? 0.25 * (before - place) : 0);
            double v = 100 * (_scales[i] * (z - place) + place), d = Math.Abs(v) - 500;
            beyond += d > 0 ? d * d : 0;
            sum += v * Math.Sin(Math.Sqrt(Math.Abs(v)));
            before = t;
        }
        return 0.01 * (beyond + 418.9828872724339 - sum / _n);
    }

    private double Gallagher()
    {
        Multiply(_rotation, _t, _z);
        double highest = 0, factor = -0.5 / _n;
        for (int k = 0; k < Peaks; k++)
        {
            double q = 0;
            for (int i = 0; i < _n; i++)
            {
                double d = _z[i] - _peakPlaces[k][i];
                q += _peakScales[k][i] * d * d;
            }
            highest = Math.Max(highest, _peakHeights[k] * Math.Exp(factor * q));
        }
        double s = Oscillate(10 - highest);
        return s * s;
    }

    private static double Oscillate(double v)
    {
        if (v == 0)
        {
            return 0;
        }
        double log = Math.Log(Math.Abs(v)) / 0.1, first = v > 0 ? 1 : 0.55, second = v > 0 ? 0.79 : 0.31;
        return Math.Sign(v) * Math.Pow(Math.Exp(log + 0.49 * (Math.Sin(first * log) + Math.Sin(second * log))), 0.1);
    }

    private void Multiply(double[][] matrix, double[] from, double[] to)
    {
        for (int i = 0; i < _n; i++)
        {
            double sum = 0;
            for (int j = 0; j < _n; j++)
            {
                sum += matrix[i][j] * from[j];
            }
            to[i] = sum;
        }
    }

    private double[][] Mixing(double[][] inner)
    {
        double[][] mixing = new double[_n][];
        for (int i = 0; i < _n; i++)
        {
            mixing[i] = new double[_n];
            for (int j = 0; j < _n; j++)
            {
                if (_id == 17)
                {
                    mixing[i][j] = inner[i][j] * Math.Pow(Math.Sqrt(10), Share(i));
                    continue;
                }
                for (int k = 0; k < _n; k++)
                {
                    mixing[i][j] += _rotation[i][k] * Math.Pow(Math.Sqrt(10), Share(k)) * inner[k][j];
                }
            }
        }
        return mixing;
    }

    private (double[][] Places, double[][] Scales, double[] Heights) MakePeaks(long seed)
    {
        int[] order = Order(Uniform(Peaks - 1, seed));
        double[][] places = new double[Peaks][], scales = new double[Peaks][];
        double[] heights = new double[Peaks], random = Uniform(Peaks * _n, seed);
        for (int k = 0; k < Peaks; k++)
        {
            double condition = k == 0 ? Math.Sqrt(1000) : Math.Pow(1000, (double)order[k - 1] / (Peaks - 2));
            heights[k] = k == 0 ? 10 : (double)(k - 1) / (Peaks - 2) * 8 + 1.1;
            int[] axes = Order(Uniform(_n, seed + 1000L * k));
            scales[k] = new double[_n];
            places[k] = new double[_n];
            for (int i = 0; i < _n; i++)
            {
                scales[k][i] = Math.Pow(condition, axes[i] / (double)(_n - 1) - 0.5);
                double sum = 0;
                for (int j = 0; j < _n; j++)
                {
                    sum += _rotation[i][j] * (10 * random[k * _n + j] - 5);
                }
                places[k][i] = k == 0 ? 0.8 * sum : sum;
            }
        }
        return (places, scales, heights);
    }

    private static int[] Order(double[] values)
    {
        int[] order = new int[values.Length];
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }
        Array.Sort(values, order);
        return order;
    }

    private static double[] Uniform(int count, long seed)
    {
        long state = Math.Max(1, Math.Abs(seed));
        long[] table = new long[32];
        double[] numbers = new double[count];
        for (int i = 39; i >= 0; i--)
        {
            state = Next(state);
            table[Math.Min(i, 31)] = state;
        }
        long current = table[0];
        for (int i = 0; i < count; i++)
        {
            state = Next(state);
            int place = (int)(current / 67108865);
            (current, table[place]) = (table[place], state);
            numbers[i] = current == 0 ? 1e-99 : current / 2.147483647e9;
        }
        return numbers;
    }

    private static long Next(long state)
    {
        state = 16807 * (state % 127773) - 2836 * (state / 127773);
        return state < 0 ? state + 2147483647 : state;
    }

    private static double[] Normal(int count, long seed)
    {
        double[] uniform = Uniform(2 * count, seed), normal = new double[count];
        for (int i = 0; i < count; i++)
        {
            normal[i] = Math.Sqrt(-2 * Math.Log(uniform[i])) * Math.Cos(2 * Math.PI * uniform[count + i]);
            normal[i] = normal[i] == 0 ? 1e-99 : normal[i];
        }
        return normal;
    }

    private static double[][] Rotation(long seed, int n)
    {
        double[] normal = Normal(n * n, seed);
        double[][] rows = new double[n][];
        for (int i = 0; i < n; i++)
        {
            rows[i] = new double[n];
            for (int j = 0; j < n; j++)
            {
                rows[i][j] = normal[j * n + i];
            }
        }
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double product = Column(rows, i, j);
                for (int k = 0; k < n; k++)
                {
                    rows[k][i] -= product * rows[k][j];
                }
            }
            double length = Math.Sqrt(Column(rows, i, i));
            for (int k = 0; k < n; k++)
            {
                rows[k][i] /= length;
            }
        }
        return rows;
    }

    private static double Column(double[][] rows, int i, int j)
    {
        double sum = 0;
        for (int k = 0; k < rows.Length; k++)
        {
            sum += rows[k][i] * rows[k][j];
        }
        return sum;
    }
}
