using RanCognition.Contracts;
using RanCognition.RadioNetwork;

namespace RanCognition.Optimization.Son;

/// <summary>How the utility of a network changes with each cell's tilt and power, the loads following.</summary>
/// <remarks>
/// With g = ln SINR, r = rate of a user when its cell serves nobody else, x = loads, x_i = sum of d / r over the users of cell i: the adjoint l of the fixed point solves l = v + J' l, where v is the derivative of
/// the utility by the loads at given settings and J that of the fixed point's map (its spectral radius is below 1 where finite loads exist, so the sum l = v + J' v + .. converges). A user then counts
/// c = (w / r - l d / r^2) dr/dg for each unit of g. Which cell serves a user is taken as given: it changes nothing at the border but the load. Slopes of antennas are differences over a thousandth of a degree.
/// </remarks>
internal sealed class UtilitySlopes
{
    private const double HalfStepDeg = 0.0005;
    private const double UsableLoadMax = 0.99;
    private const int TermsMax = 300;

    private readonly NetworkModel _network;
    private readonly NetworkConstants _constants;
    private readonly LinkFactors _links;
    private readonly int[] _sites;
    private readonly double[] _power;       // received, mW, [cell][user]
    private readonly double[] _fixedPart;   // of the antenna gains, [cell][user]
    private readonly int[] _serving;
    private readonly double[] _interference;
    private readonly double[] _rate;
    private readonly double[] _rateSlope;   // dr/dg
    private readonly double[] _worth;       // c
    private readonly double[] _direct;      // -d utility / d interference
    private readonly double[] _through;     // d load of the serving cell / d interference
    private readonly double[] _gainBelow;
    private readonly double[] _gainAbove;

    public UtilitySlopes(NetworkModel network, LinkTable links, IReadOnlyList<CellSpec> cells, string argument)
    {
        _network = network;
        _constants = new NetworkConstants(network, argument);
        _links = new LinkFactors(links, _constants.Antenna);
        _sites = CellPlacement.Sites(cells, links.Sites, argument + "/cells");
        int users = links.Users;
        _power = new double[cells.Count * users];
        _fixedPart = new double[cells.Count * users];
        for (int cell = 0; cell < cells.Count; cell++)
        {
            int site = _sites[cell];
            _constants.Antenna.FixedPart(_links.AzimuthDeg(site), _links.ZenithDeg(site), cells[cell].AzimuthDeg, _fixedPart.AsSpan(cell * users, users));
        }
        _serving = new int[users];
        _interference = new double[users];
        _rate = new double[users];
        _rateSlope = new double[users];
        _worth = new double[users];
        _direct = new double[users];
        _through = new double[users];
        _gainBelow = new double[users];
        _gainAbove = new double[users];
        PerDegree = new double[cells.Count];
        PerDecibel = new double[cells.Count];
    }

    /// <summary>By tilt of each cell.</summary>
    public double[] PerDegree { get; }

    /// <summary>By power of each cell.</summary>
    public double[] PerDecibel { get; }

    /// <summary>Computes the slopes.</summary>
    /// <param name="cells">Settings; azimuths, sites and carriers are those of the constructor.</param>
    /// <param name="loads">Their loads.</param>
    public void Compute(CellSpec[] cells, double[] loads)
    {
        int users = _links.Users, count = cells.Length;
        double[] weights = _links.Weights;
        Receive(cells);
        Interfere(cells, loads);
        double[] byLoad = new double[count], jacobian = new double[count * count];
        for (int user = 0; user < users; user++)
        {
            int serving = _serving[user];
            double demand = weights[user] * _network.TrafficMbps, rate = _rate[user];
            _direct[user] = weights[user] / rate * _rateSlope[user] / _interference[user];
            _through[user] = demand / (rate * rate) * _rateSlope[user] / _interference[user];
            byLoad[serving] -= loads[serving] < UsableLoadMax ? weights[user] / (1 - loads[serving]) : 0;
        }
        for (int cell = 0; cell < count; cell++)
        {
            ReadOnlySpan<double> power = _power.AsSpan(cell * users, users);
            for (int user = 0; user < users; user++)
            {
                int serving = _serving[user];
                if (cell != serving && cells[cell].Carrier == cells[serving].Carrier)
                {
                    byLoad[cell] -= _direct[user] * power[user];
                    jacobian[serving * count + cell] += _through[user] * power[user];
                }
            }
        }
        double[] adjoint = Adjoint(byLoad, jacobian);
        for (int user = 0; user < users; user++)
        {
            double demand = weights[user] * _network.TrafficMbps, rate = _rate[user];
            _worth[user] = (weights[user] / rate - adjoint[_serving[user]] * demand / (rate * rate)) * _rateSlope[user];
        }
        for (int cell = 0; cell < count; cell++)
        {
            Sum(cells, loads, cell);
        }
    }

    private void Receive(CellSpec[] cells)
    {
        int users = _links.Users;
        Array.Clear(_power);
        Array.Fill(_serving, -1);
        double[] best = _interference;   // not in use yet
        Array.Fill(best, -1);
        for (int cell = 0; cell < cells.Length; cell++)
        {
            if (!cells[cell].On)
            {
                continue;
            }
            Span<double> power = _power.AsSpan(cell * users, users);
            Gains(cell, cells[cell].TiltDeg, power);
            double sent = NetworkConstants.Milliwatts(cells[cell].PowerDbm) * _constants.LossFactor[cells[cell].Carrier], offset = NetworkConstants.OffsetFactor(cells[cell].CioDb);
            ReadOnlySpan<double> loss = _links.LossFactor(_sites[cell]);
            for (int user = 0; user < users; user++)
            {
                power[user] *= sent * loss[user];
                if (power[user] * offset > best[user])
                {
                    (best[user], _serving[user]) = (power[user] * offset, cell);
                }
            }
        }
    }

    private void Interfere(CellSpec[] cells, double[] loads)
    {
        int users = _links.Users;
        for (int user = 0; user < users; user++)
        {
            _interference[user] = _constants.NoiseMw[cells[_serving[user]].Carrier];
        }
        for (int cell = 0; cell < cells.Length; cell++)
        {
            for (int user = 0; user < users; user++)
            {
                bool interferes = cell != _serving[user] && cells[cell].Carrier == cells[_serving[user]].Carrier;
                _interference[user] += interferes ? loads[cell] * _power[cell * users + user] : 0;
            }
        }
        for (int user = 0; user < users; user++)
        {
            int serving = _serving[user];
            double full = _network.BandwidthEfficiency * _constants.BandwidthMHz[cells[serving].Carrier] / Math.Log(2);
            double scaled = Math.Max(1e-30, _network.SinrEfficiency * _power[serving * users + user] / _interference[user]);
            _rate[user] = full * Math.Log(1 + scaled);
            _rateSlope[user] = full * scaled / (1 + scaled);
        }
    }

    private static double[] Adjoint(double[] byLoad, double[] jacobian)
    {
        int count = byLoad.Length;
        double[] sum = (double[])byLoad.Clone(), term = (double[])byLoad.Clone(), next = new double[count];
        for (int i = 0; i < TermsMax; i++)
        {
            Array.Clear(next);
            for (int row = 0; row < count; row++)
            {
                for (int column = 0; column < count; column++)
                {
                    next[column] += term[row] * jacobian[row * count + column];
                }
            }
            double largest = 0, total = 0;
            for (int k = 0; k < count; k++)
            {
                sum[k] += next[k];
                largest = Math.Max(largest, Math.Abs(next[k]));
                total = Math.Max(total, Math.Abs(sum[k]));
            }
            (term, next) = (next, term);
            if (largest <= 1e-9 * total)
            {
                break;
            }
        }
        return sum;
    }

    private void Sum(CellSpec[] cells, double[] loads, int cell)
    {
        PerDegree[cell] = 0;
        PerDecibel[cell] = 0;
        if (!cells[cell].On)
        {
            return;
        }
        int users = _links.Users;
        Gains(cell, cells[cell].TiltDeg - HalfStepDeg, _gainBelow);
        Gains(cell, cells[cell].TiltDeg + HalfStepDeg, _gainAbove);
        double perDegree = 0, perNeper = 0;
        for (int user = 0; user < users; user++)
        {
            int serving = _serving[user];
            double counts = cell == serving ? _worth[user]
                : cells[cell].Carrier == cells[serving].Carrier ? -_worth[user] * loads[cell] * _power[cell * users + user] / _interference[user] : 0;
            perNeper += counts;
            perDegree += counts * 2 * (_gainAbove[user] - _gainBelow[user]) / (_gainAbove[user] + _gainBelow[user]);
        }
        PerDegree[cell] = perDegree / (2 * HalfStepDeg);
        PerDecibel[cell] = perNeper * Math.Log(10) / 10;
    }

    private void Gains(int cell, double tiltDeg, Span<double> gains)
    {
        int users = _links.Users, site = _sites[cell];
        _constants.Antenna.LinearGains(_fixedPart.AsSpan(cell * users, users), _links.FirstTerm(site), _links.SecondTerm(site), tiltDeg, gains);
    }
}
