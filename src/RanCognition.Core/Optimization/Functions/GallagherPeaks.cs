using System.Numerics;
using System.Runtime.InteropServices;

namespace RanCognition.Optimization.Functions;

/// <summary>The peaks of f21 and f22: places, heights and widths at random, the first being the highest.</summary>
internal sealed class GallagherPeaks
{
    private const double ConditionMax = 1000;

    /// <summary>More than the rounding of two logarithms of heights at a place where they matter.</summary>
    private const double Margin = 1e-9;

    private readonly int _count;
    private readonly int _stride; // peaks, filled up to whole vectors
    private readonly double[] _heights;
    private readonly double[] _logHeights;
    private readonly double[] _places;  // coordinate by coordinate, the peaks side by side
    private readonly double[] _weights; // likewise

    public GallagherPeaks(int dimension, int count, SquareMatrix rotation, long seed)
    {
        _count = count;
        _stride = (count + Vector<double>.Count - 1) / Vector<double>.Count * Vector<double>.Count;
        _heights = new double[count];
        _logHeights = new double[count];
        _places = new double[dimension * _stride];
        _weights = new double[dimension * _stride];
        SetPlaces(dimension, rotation, seed);
        int[] steepness = BbobRandom.Order(BbobRandom.Uniform(count - 1, seed));
        for (int peak = 0; peak < count; peak++)
        {
            double condition = peak > 0 ? Math.Pow(ConditionMax, steepness[peak - 1] / (count - 2.0)) : count == 101 ? Math.Sqrt(ConditionMax) : ConditionMax;
            int[] order = BbobRandom.Order(BbobRandom.Uniform(dimension, seed + 1000L * peak));
            for (int i = 0; i < dimension; i++)
            {
                _weights[i * _stride + peak] = Math.Pow(condition, order[i] / (dimension - 1.0) - 0.5);
            }
            _heights[peak] = peak == 0 ? 10 : (peak - 1) / (count - 2.0) * 8 + 1.1;
            _logHeights[peak] = Math.Log(_heights[peak]);
        }
    }

    /// <summary>The largest height of any peak at a rotated point.</summary>
    /// <remarks>Peaks are compared by their logarithms; the exponential is taken only of those that can be the largest.</remarks>
    public double Highest(ReadOnlySpan<double> z)
    {
        Span<double> squares = stackalloc double[128];
        ref double places = ref MemoryMarshal.GetArrayDataReference(_places);
        ref double weights = ref MemoryMarshal.GetArrayDataReference(_weights);
        ref double target = ref MemoryMarshal.GetReference(squares);
        for (int peak = 0; peak < _stride; peak += Vector<double>.Count)
        {
            Vector<double> sum = Vector<double>.Zero;
            int at = peak;
            for (int i = 0; i < z.Length; i++, at += _stride)
            {
                Vector<double> distance = new Vector<double>(z[i]) - Vector.LoadUnsafe(ref places, (nuint)at);
                sum += Vector.LoadUnsafe(ref weights, (nuint)at) * distance * distance;
            }
            Vector.StoreUnsafe(sum, ref target, (nuint)peak);
        }
        double factor = -0.5 / z.Length, largest = double.NegativeInfinity;
        for (int peak = 0; peak < _count; peak++)
        {
            largest = Math.Max(largest, _logHeights[peak] + factor * squares[peak]); // NaN stays NaN
        }
        double highest = 0;
        for (int peak = 0; peak < _count; peak++)
        {
            if (!(_logHeights[peak] + factor * squares[peak] < largest - Margin))
            {
                highest = Math.Max(highest, _heights[peak] * Math.Exp(factor * squares[peak]));
            }
        }
        return highest;
    }

    private void SetPlaces(int dimension, SquareMatrix rotation, long seed)
    {
        double width = _count == 101 ? 10 : 9.8;
        double[] numbers = BbobRandom.Uniform(dimension * _count, seed);
        Span<double> place = stackalloc double[BbobFunction.DimensionMax], turned = stackalloc double[BbobFunction.DimensionMax];
        for (int peak = 0; peak < _count; peak++)
        {
            double towardsMiddle = peak == 0 ? 0.8 : 1;
            for (int i = 0; i < dimension; i++)
            {
                place[i] = width * numbers[peak * dimension + i] - width / 2;
            }
            rotation.Multiply(place, turned);
            for (int i = 0; i < dimension; i++)
            {
                _places[i * _stride + peak] = towardsMiddle * turned[i];
            }
        }
    }
}
