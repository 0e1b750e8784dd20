using RanCognition.Contracts;
using RanCognition.RadioNetwork;

namespace RanCognition.Tests.RadioNetwork;

/// <summary>A network by the plain formulas, one link at a time, in decibels where they are stated in decibels; loads by repeated application.</summary>
internal sealed class NaiveNetwork
{
    private readonly NetworkModel _model;
    private readonly LinkSpec _links;
    private readonly double[] _weights;
    private readonly double[,] _receivedDbm;
    private readonly double[,] _receivedMw;
    private readonly int[] _serving;

    public NaiveNetwork(NetworkModel model, IReadOnlyList<CellSpec> cells)
    {
        _model = model;
        _links = model.Links!;
        Cells = cells;
        _weights = new double[_links.Users];
        double total = 0;
        for (int j = 0; j < _links.Users; j++)
        {
            total += _links.Weights?[j] ?? 1;
        }
        _receivedDbm = new double[_links.Users, cells.Count];
        _receivedMw = new double[_links.Users, cells.Count];
        _serving = new int[_links.Users];
        var antenna = new AntennaGain(model.Antenna, "antenna");
        for (int j = 0; j < _links.Users; j++)
        {
            _weights[j] = (_links.Weights?[j] ?? 1) / total;
            _serving[j] = -1;
            double best = double.NegativeInfinity;
            for (int i = 0; i < cells.Count; i++)
            {
                CellSpec cell = cells[i];
                int link = j * _links.Sites + (cell.Site ?? (int)((long)i * _links.Sites / cells.Count));
                double gain = antenna.GainDb(_links.AzimuthDeg[link] - cell.AzimuthDeg, _links.ZenithDeg[link], cell.TiltDeg);
                double extra = model.Carriers is null ? 0 : 20 * Math.Log10(model.Carriers[cell.Carrier].FrequencyGHz / model.Propagation.FrequencyGHz);
                _receivedDbm[j, i] = cell.PowerDbm + gain - _links.LossDb[link] - extra;
                _receivedMw[j, i] = Math.Pow(10, _receivedDbm[j, i] / 10);
                if (cell.On && _receivedDbm[j, i] + cell.CioDb > best + 1e-9)
                {
                    best = _receivedDbm[j, i] + cell.CioDb;
                    _serving[j] = i;
                }
            }
        }
    }

    public IReadOnlyList<CellSpec> Cells { get; }

    public int Serving(int user) => _serving[user];

    public double Bandwidth(int cell) => _model.Carriers is { } carriers ? carriers[Cells[cell].Carrier].BandwidthMHz : _model.BandwidthMHz;

    public double NoiseMw(int cell) => Math.Pow(10, (-174 + _model.NoiseFigureDb + 10 * Math.Log10(Bandwidth(cell) * 1e6)) / 10);

    public double PowerMw(int user, int cell) => _receivedMw[user, cell];

    private bool Interferes(int user, int cell) => cell != _serving[user] && Cells[cell].On && Cells[cell].Carrier == Cells[_serving[user]].Carrier;

    public double Sinr(int user, IReadOnlyList<double> loads)
    {
        double sum = NoiseMw(_serving[user]);
        for (int k = 0; k < Cells.Count; k++)
        {
            sum += Interferes(user, k) ? loads[k] * PowerMw(user, k) : 0;
        }
        return PowerMw(user, _serving[user]) / sum;
    }

    /// <summary>Signal over interference at full load, without noise.</summary>
    public double Geometry(int user)
    {
        double sum = 0;
        for (int k = 0; k < Cells.Count; k++)
        {
            sum += Interferes(user, k) ? PowerMw(user, k) : 0;
        }
        return PowerMw(user, _serving[user]) / sum;
    }

    public double RateMbps(int user, IReadOnlyList<double> loads) =>
        _model.BandwidthEfficiency * Bandwidth(_serving[user]) * Log2OnePlus(_model.SinrEfficiency * Sinr(user, loads));

    // Where 1 + s would lose the digits of s, the series.
    private static double Log2OnePlus(double s) => s > 1e-4 ? Math.Log2(1 + s) : s * (1 - s * (1.0 / 2 - s * (1.0 / 3 - s * (1.0 / 4)))) / Math.Log(2);

    public double[] Apply(IReadOnlyList<double> loads)
    {
        double[] result = new double[Cells.Count];
        for (int j = 0; j < _links.Users; j++)
        {
            result[_serving[j]] += _weights[j] * _model.TrafficMbps / RateMbps(j, loads);
        }
        return result;
    }

    /// <summary>Loads by repeated application from below; null = they have grown beyond 1e15 or not settled.</summary>
    public double[]? Loads(int steps = 20000)
    {
        double[] loads = new double[Cells.Count];
        for (int step = 0; step < steps; step++)
        {
            double[] next = Apply(loads);
            double change = 0;
            for (int i = 0; i < next.Length; i++)
            {
                change = Math.Max(change, next[i] == 0 ? 0 : Math.Abs(next[i] - loads[i]) / next[i]);
                if (!(next[i] < 1e15))
                {
                    return null;
                }
            }
            loads = next;
            if (change < 1e-14)
            {
                return loads;
            }
        }
        return null;
    }

    /// <summary>Largest growth of loads far out, from the slopes' definition: repeated squaring of the matrix.</summary>
    public double SpectralRadius()
    {
        int n = Cells.Count;
        double[,] a = new double[n, n];
        for (int j = 0; j < _links.Users; j++)
        {
            for (int k = 0; k < n; k++)
            {
                if (Interferes(j, k))
                {
                    a[_serving[j], k] += _weights[j] * _model.TrafficMbps * Math.Log(2) * PowerMw(j, k)
                        / (_model.BandwidthEfficiency * Bandwidth(_serving[j]) * _model.SinrEfficiency * PowerMw(j, _serving[j]));
                }
            }
        }
        double logScale = 0;
        double power = 1;
        for (int square = 0; square < 45; square++)
        {
            double largest = 0;
            foreach (double value in a)
            {
                largest = Math.Max(largest, value);
            }
            if (largest == 0)
            {
                return 0;
            }
            double[,] next = new double[n, n];
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < n; j++)
                {
                    for (int k = 0; k < n; k++)
                    {
                        next[i, j] += a[i, k] / largest * (a[k, j] / largest);
                    }
                }
            }
            logScale += Math.Log(largest) / power;
            power *= 2;
            a = next;
        }
        double final = 0;
        foreach (double value in a)
        {
            final = Math.Max(final, value);
        }
        return final == 0 ? 0 : Math.Exp(logScale);
    }

    public double Percentile(Func<int, double> value, double share)
    {
        var sorted = new List<(double Value, double Weight)>();
        for (int j = 0; j < _links.Users; j++)
        {
            sorted.Add((value(j), _weights[j]));
        }
        sorted.Sort();
        double sum = 0;
        foreach ((double found, double weight) in sorted)
        {
            sum += weight;
            if (sum >= share - 1e-12 && weight > 0)
            {
                return found;
            }
        }
        return sorted[^1].Value;
    }

    public double WeightedSum(Func<int, double> value)
    {
        double sum = 0;
        for (int j = 0; j < _links.Users; j++)
        {
            sum += _weights[j] * value(j);
        }
        return sum;
    }

    public double UserRateMbps(int user, IReadOnlyList<double> loads) => (1 - Math.Min(loads[_serving[user]], 0.99)) * RateMbps(user, loads);

    public double GainMinusLossDb(int user) => _receivedDbm[user, _serving[user]] - Cells[_serving[user]].PowerDbm;

    public bool IsUncovered(int user)
    {
        double best = double.NegativeInfinity;
        for (int k = 0; k < Cells.Count; k++)
        {
            best = Cells[k].On ? Math.Max(best, _receivedDbm[user, k] - 10 * Math.Log10(12 * 5 * Bandwidth(k))) : best;
        }
        return best < _model.CoverageRsrpDbm;
    }

    public double EnergyW(IReadOnlyList<double> loads)
    {
        double sum = 0;
        for (int k = 0; k < Cells.Count; k++)
        {
            sum += Cells[k].On ? _model.Energy.ActiveW + _model.Energy.LoadW * Math.Min(loads[k], 1) : _model.Energy.SleepW;
        }
        return sum;
    }
}
