using System.Globalization;
using RanCognition.Contracts;
using RanCognition.Numerics;
using RanCognition.RadioNetwork;
using RanCognition.StrangeLoop.FixedPoints;

namespace RanCognition.StrangeLoop.Maps;

/// <summary>Loads that loads bring about: F of Siomina and Yuan (IEEE Trans. Wireless Communications 11, 2012), at max(x, 0).</summary>
/// <remarks>
/// F is increasing and concave, so a fixed point exists exactly when the spectral radius of its slopes far out, A, is below 1, and it is the only one (Yates, IEEE JSAC 13, 1995). Elimination of I - A tells,
/// without any iteration. With F(x) at most A x + b, the point (I - A)^-1 b is above the fixed point; Newton's method falls from there without passing it. Not thread-safe.
/// </remarks>
internal sealed unsafe class LoadCouplingMap : IProvenMap
{
    private readonly RadioNetworkEvaluator _network;
    private readonly LoadCoupling _coupling;
    private readonly int _stride;
    private readonly double[] _loads;
    private readonly ScratchBuffer _slopes = new();
    private LoadBounds? _bounds;

    /// <param name="network">The network.</param>
    /// <param name="argument">Where it was given, for messages.</param>
    public LoadCouplingMap(NetworkModel network, string argument)
    {
        _network = new RadioNetworkEvaluator(network, argument);
        _coupling = _network.Coupling;
        Dimension = _network.Cells;
        _stride = _coupling.Table.Stride;
        _loads = new double[Dimension];
        _slopes.Ensure(Dimension * _stride);
        Judge(network.TrafficMbps);
    }

    public int Dimension { get; }

    public bool HasSlopes => true;

    public string? Infeasibility { get; private set; }

    public double? VerdictRadius => Infeasibility is not null && CriticalScale > 0 ? 1 / CriticalScale : null;

    public double? CriticalScale { get; private set; }

    public double[]? SureStart { get; private set; }

    public void Apply(ReadOnlySpan<double> x, Span<double> image)
    {
        if (TakeOver(x))
        {
            _coupling.Apply(_loads, image);
        }
        else
        {
            image.Fill(double.NaN);
        }
    }

    public void ApplyWithSlopes(ReadOnlySpan<double> x, Span<double> image, Span<double> slopes)
    {
        if (!TakeOver(x))
        {
            image.Fill(double.NaN);
            slopes.Fill(double.NaN);
            return;
        }
        _coupling.ApplyWithSlopes(_loads, image, _slopes.Pointer);
        for (int i = 0; i < Dimension; i++)
        {
            Span<double> row = slopes.Slice(i * Dimension, Dimension);
            new ReadOnlySpan<double>(_slopes.Pointer + (nint)i * _stride, Dimension).CopyTo(row);
            for (int k = 0; k < Dimension; k++)
            {
                row[k] = x[k] < 0 ? 0 : row[k];   // max(x, 0) does not move
            }
        }
        GC.KeepAlive(this);   // the buffers behind raw pointers, to the end
    }

    public double? ErrorBound(ReadOnlySpan<double> x, ReadOnlySpan<double> image)
    {
        if (SureStart is null)
        {
            return null;
        }
        _bounds ??= new LoadBounds(_coupling);
        return _bounds.LargestDistance(x);
    }

    /// <summary>Takes max(x, 0) as loads.</summary>
    /// <returns>Whether all are finite: what the coupling makes of others has no meaning.</returns>
    private bool TakeOver(ReadOnlySpan<double> x)
    {
        bool areFinite = true;
        for (int i = 0; i < Dimension; i++)
        {
            areFinite &= double.IsFinite(x[i]);
            _loads[i] = Math.Max(x[i], 0);
        }
        return areFinite;
    }

    private void Judge(double trafficMbps)
    {
        CouplingTable table = _coupling.Table;
        for (int user = 0; user < table.Users; user++)
        {
            if (table.FullRateLoad[user] > 0 && table.SignalMw[user] <= CouplingTable.NoSignalMw)
            {
                CriticalScale = 0;
                Infeasibility = string.Create(CultureInfo.InvariantCulture, $"no finite loads exist: user {user} asks for traffic, and no cell that is on reaches it");
                return;
            }
        }
        double[] start = new double[Dimension];
        var factors = new ShiftedFactors(Dimension);
        _coupling.AsymptoticSlopes(_slopes.Pointer, start);
        bool isBelowLimit = factors.Factorize(1, _slopes.Pointer);
        CriticalScale = trafficMbps > 0 ? _network.CriticalScale : null;
        if (!isBelowLimit)
        {
            // Elimination decides; where the scale is 1 to the last digits, its rounding must not contradict.
            CriticalScale = Math.Min(CriticalScale ?? 1, 1);
            Infeasibility = string.Create(CultureInfo.InvariantCulture,
                $"no finite loads exist: the demand of {trafficMbps:g12} Mb/s is beyond the limit of {trafficMbps * CriticalScale:g12} Mb/s (critical scale {CriticalScale:g12})");
            return;
        }
        CriticalScale = CriticalScale is { } scale ? Math.Max(scale, 1) : null;
        fixed (double* loads = start)
        {
            factors.Solve(loads);
        }
        bool isFinite = true;
        for (int i = 0; i < Dimension; i++)
        {
            isFinite &= start[i] >= 0 && double.IsFinite(start[i]);
        }
        SureStart = isFinite ? start : null;
        GC.KeepAlive(this);
    }
}
