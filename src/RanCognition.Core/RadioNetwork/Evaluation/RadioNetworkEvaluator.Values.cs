using System.Runtime.Intrinsics;
using RanCognition.Contracts;
using RanCognition.Numerics;

namespace RanCognition.RadioNetwork;

/// <summary>What can be read of the present settings.</summary>
internal sealed unsafe partial class RadioNetworkEvaluator
{
    // Of a cell's time; what an overloaded cell still gives is not known from its load.
    private const double UsableLoadMax = 0.99;

    // Interference that is a smaller part of the noise is rounding.
    private const double NoInterference = 1e-10;

    // Stands for an infinite ratio among numbers that are compared.
    private const double NoRatio = 1e300;

    private const double Ln2 = 0.69314718055994530942;

    /// <summary>The largest load; infinite when not feasible.</summary>
    public double LargestLoad
    {
        get
        {
            if (!IsFeasible)
            {
                return double.PositiveInfinity;
            }
            double largest = 0;
            foreach (double load in _solver.Loads)
            {
                largest = Math.Max(largest, load);
            }
            return largest;
        }
    }

    /// <summary>Sum over the cells, W; null when not feasible.</summary>
    public double? EnergyW
    {
        get
        {
            if (!IsFeasible)
            {
                return null;
            }
            EnergySpec energy = _constants.Network.Energy;
            double sum = 0;
            for (int i = 0; i < Cells; i++)
            {
                sum += _received.Cells[i].On ? energy.ActiveW + energy.LoadW * Math.Min(_solver.Loads[i], 1) : energy.SleepW;
            }
            return sum;
        }
    }

    /// <summary>Weight of the users whose best RSRP is too small.</summary>
    public double UncoveredShare
    {
        get
        {
            double* best = _received.BestReferenceMw;
            double[] weights = _links.Weights;
            double sum = 0, least = _constants.CoverageMw;
            for (int user = 0; user < Users; user++)
            {
                sum += best[user] < least ? weights[user] : 0;
            }
            GC.KeepAlive(this);   // the buffers behind raw pointers, to the end
            return Math.Min(sum, 1);
        }
    }

    /// <summary>Weighted mean of the logarithm of the users' rates in bit/s; null when not feasible, or when a user has no rate.</summary>
    public double? Utility
    {
        get
        {
            if (!IsFeasible || _received.UsersWithoutSignal > 0)
            {
                return null;
            }
            double* rates = Rates();
            Vector256<double> sum = Vector256<double>.Zero, bitsPerMegabit = Vector256.Create(1e6);
            double[] weights = _links.Weights;
            int whole = Users & ~3;
            for (int user = 0; user < whole; user += 4)
            {
                sum += Vector256.Create(weights.AsSpan(user)) * BinaryLogarithm.Of(Vector256.Load(rates + user) * bitsPerMegabit);
            }
            double total = (sum.ToScalar() + sum.GetElement(2)) + (sum.GetElement(1) + sum.GetElement(3));
            for (int user = whole; user < Users; user++)
            {
                total += weights[user] * BinaryLogarithm.Of(Vector256.Create(rates[user] * 1e6)).ToScalar();
            }
            GC.KeepAlive(this);
            return total * Ln2;
        }
    }

    /// <summary>Weighted mean of the users' rates; null when not feasible.</summary>
    public double? ThroughputMeanMbps
    {
        get
        {
            if (!IsFeasible)
            {
                return null;
            }
            double* rates = Rates();
            double sum = 0;
            for (int user = 0; user < Users; user++)
            {
                sum += _links.Weights[user] * rates[user];
            }
            GC.KeepAlive(this);
            return sum;
        }
    }

    /// <summary>Weighted percentile of the users' rates; null when not feasible.</summary>
    /// <param name="share">0..1.</param>
    public double? ThroughputMbps(double share)
    {
        if (!IsFeasible)
        {
            return null;
        }
        double found = 0;
        Percentile(Rates(), [share], new Span<double>(ref found));
        return found;
    }

    /// <summary>Largest factor of the traffic for which finite loads exist; null = any; 0 = none.</summary>
    public double? CriticalScale
    {
        get
        {
            if (_received.CellsOn == 0 || (_received.UsersWithoutSignal > 0 && _constants.Network.TrafficMbps > 0))
            {
                return 0;
            }
            return _solver.CriticalScale();
        }
    }

    /// <summary>Signal over interference with every cell that is on at full load, without noise, dB; null when no cell is on, and where nothing interferes.</summary>
    public Percentiles GeometryDb()
    {
        if (_received.CellsOn == 0)
        {
            return new Percentiles(null, null, null);
        }
        double[] full = _solver.Scratch;
        Array.Fill(full, 1);   // cells that are off interfere with nobody in the table
        double* sinr = Coupling.Sinr(full), ratios = _gains.Ensure(Users);
        CouplingTable table = _received.Table;
        for (int user = 0; user < Users; user++)
        {
            double noise = table.NoiseMw[user] / table.SignalMw[user], interference = 1 / sinr[user] - noise;
            ratios[user] = interference > NoInterference * noise ? 1 / interference : NoRatio;
        }
        return Decibels(ratios);
    }

    /// <summary>Antenna gain minus loss to the serving cell, dB; nulls when no cell is on.</summary>
    public Percentiles CouplingLossDb()
    {
        if (_received.CellsOn == 0)
        {
            return new Percentiles(null, null, null);
        }
        double* gains = _gains.Ensure(Users);
        double[] perMilliwatt = _solver.Scratch;
        for (int cell = 0; cell < Cells; cell++)
        {
            perMilliwatt[cell] = 1 / NetworkConstants.Milliwatts(_received.Cells[cell].PowerDbm);
        }
        CouplingTable table = _received.Table;
        for (int user = 0; user < Users; user++)
        {
            gains[user] = table.SignalMw[user] * perMilliwatt[table.ServingCell[user]];
        }
        return Decibels(gains);
    }

    /// <summary>Takes settings over and reads everything.</summary>
    /// <param name="cells">One entry per cell of the model.</param>
    public NetworkEvaluation Evaluate(IReadOnlyList<CellSpec> cells)
    {
        Set(cells);
        return Evaluate();
    }

    /// <summary>Everything about the present settings.</summary>
    public NetworkEvaluation Evaluate()
    {
        List<int> overloaded = [];
        for (int cell = 0; IsFeasible && cell < Cells; cell++)
        {
            if (_solver.Loads[cell] > 1)
            {
                overloaded.Add(cell);
            }
        }
        return new NetworkEvaluation
        {
            Feasible = IsFeasible,
            CriticalScale = CriticalScale,
            Loads = IsFeasible ? (double[])_solver.Loads.Clone() : null,
            OverloadedCells = overloaded,
            ThroughputP5Mbps = ThroughputMbps(0.05),
            ThroughputP50Mbps = ThroughputMbps(0.5),
            ThroughputMeanMbps = ThroughputMeanMbps,
            Utility = Utility,
            EnergyW = EnergyW,
            UncoveredShare = UncoveredShare,
            GeometryDb = GeometryDb(),
            CouplingLossDb = CouplingLossDb(),
            Iterations = Iterations,
            Ignored = _constants.Network.Ignored,
        };
    }

    /// <summary>Rates of the users at the present loads, Mbit/s; null when not feasible.</summary>
    public double[]? RatesMbps() => IsFeasible ? new ReadOnlySpan<double>(Rates(), Users).ToArray() : null;

    /// <summary>Rates of the users at the present loads, Mbit/s.</summary>
    private double* Rates()
    {
        double* rates = _rates.Ensure(Users);
        if (_hasRates)
        {
            return rates;
        }
        double[] cellRate = _solver.Scratch;
        for (int cell = 0; cell < Cells; cell++)
        {
            cellRate[cell] = (1 - Math.Min(_solver.Loads[cell], UsableLoadMax)) * _constants.Network.BandwidthEfficiency * _constants.BandwidthMHz[_received.Cells[cell].Carrier];
        }
        CouplingTable table = _received.Table;
        double* efficiency = Coupling.SpectralEfficiency;
        for (int user = 0; user < Users; user++)
        {
            rates[user] = efficiency[user] * cellRate[table.ServingCell[user]];
        }
        if (_received.UsersWithoutSignal > 0)
        {
            for (int user = 0; user < Users; user++)
            {
                rates[user] = table.SignalMw[user] == CouplingTable.NoSignalMw ? 0 : rates[user];
            }
        }
        _hasRates = true;
        return rates;
    }

    private Percentiles Decibels(double* values)
    {
        Span<double> found = stackalloc double[3];
        Percentile(values, [0.05, 0.5, 0.95], found);
        return new Percentiles(Decibel(found[0]), Decibel(found[1]), Decibel(found[2]));
    }

    private static double? Decibel(double ratio) => ratio is > 0 and < NoRatio ? 10 * Math.Log10(ratio) : null;

    private void Percentile(double* values, ReadOnlySpan<double> shares, Span<double> results)
    {
        _percentiles ??= new WeightedPercentiles(Users);
        _percentiles.Of(values, _links.Weights, shares, results);
        GC.KeepAlive(this);
    }
}
