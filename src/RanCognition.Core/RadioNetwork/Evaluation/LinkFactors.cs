namespace RanCognition.RadioNetwork;

/// <summary>Links site by site, as the received powers of a cell need them.</summary>
/// <remarks>Not changed once it is made, so threads may share it.</remarks>
internal sealed class LinkFactors
{
    // So that a received power is either 0 or far above CouplingTable.NoSignalMw.
    private const double NothingArrives = 1e-200;

    private readonly double[] _lossFactor;
    private readonly double[] _azimuthDeg;
    private readonly double[] _zenithDeg;
    private readonly double[] _first;
    private readonly double[] _second;

    public LinkFactors(LinkTable links, AntennaGain antenna)
    {
        Users = links.Users;
        Sites = links.Sites;
        Weights = links.Weights;
        _lossFactor = new double[links.LossDb.Length];
        _azimuthDeg = new double[links.LossDb.Length];
        _zenithDeg = new double[links.LossDb.Length];
        _first = new double[links.LossDb.Length];
        _second = new double[links.LossDb.Length];
        for (int site = 0; site < Sites; site++)
        {
            for (int user = 0; user < Users; user++)
            {
                int from = user * Sites + site, to = site * Users + user;
                double factor = NetworkConstants.Milliwatts(-links.LossDb[from]);
                _lossFactor[to] = factor < NothingArrives ? 0 : factor;
                _azimuthDeg[to] = links.AzimuthDeg[from];
                _zenithDeg[to] = links.ZenithDeg[from];
            }
        }
        antenna.ZenithTerms(_zenithDeg, _first, _second);
    }

    public int Users { get; }

    public int Sites { get; }

    /// <summary>Share of the traffic by user; the sum is 1.</summary>
    public double[] Weights { get; }

    /// <summary>What the way from the site leaves of a power, by user.</summary>
    public ReadOnlySpan<double> LossFactor(int site) => _lossFactor.AsSpan(site * Users, Users);

    public ReadOnlySpan<double> AzimuthDeg(int site) => _azimuthDeg.AsSpan(site * Users, Users);

    public ReadOnlySpan<double> ZenithDeg(int site) => _zenithDeg.AsSpan(site * Users, Users);

    /// <summary>Terms of the antenna's gain, see AntennaGain.ZenithTerms.</summary>
    public ReadOnlySpan<double> FirstTerm(int site) => _first.AsSpan(site * Users, Users);

    public ReadOnlySpan<double> SecondTerm(int site) => _second.AsSpan(site * Users, Users);
}
