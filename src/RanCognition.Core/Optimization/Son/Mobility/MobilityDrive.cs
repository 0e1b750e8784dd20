using RanCognition.Contracts;
using RanCognition.Numerics;
using RanCognition.RadioNetwork;

namespace RanCognition.Optimization.Son;

/// <summary>Lets users drive straight through a network and records what they receive.</summary>
/// <remarks>
/// Users start uniformly in the layout's hexagons, outdoors, in a random direction, and have the speeds in turn. Path loss by TR 38.901, line of sight and none weighted by their probability, so that it
/// does not jump along the way. Shadowing per site, half of its variance common to all sites, correlated along the way with exp(-distance / decorrelation distance) (Gudmundson, 1991). Fading and
/// measurement errors that the filters of the physical layer leave are independent from sample to sample. RSRP is that of a subcarrier: the cell's power over 12 subcarriers in each block of 180 kHz.
/// </remarks>
internal static class MobilityDrive
{
    private const double UserHeightM = 1.5;
    private const double SiteCorrelation = 0.5;
    private const double BlocksPerMHz = 5;
    private const int SubcarriersPerBlock = 12;

    public static MobilityTrace[] Traces(MobilitySpec spec, NetworkModel network, long numbersMax)
    {
        const string place = "problem/network";
        if (network.Links is not null)
        {
            InvalidInputException.Throw(place + "/links", "say nothing of the way between users: problem_type MRO needs a layout, or problem/mobility/traces");
        }
        var pathLoss = new PathLoss(network.Propagation.Model, network.Propagation.FrequencyGHz);
        SiteLayout layout = SiteLayout.From(network.Layout, pathLoss.SiteHeightM, place);
        IReadOnlyList<CellSpec> cells = network.Cells ?? CellPlacement.ThreeSectors(layout.Sites.Count);
        int[] siteOfCell = CellPlacement.Sites(cells, layout.Sites.Count, place + "/cells");
        var antenna = new AntennaGain(network.Antenna, place + "/antenna");
        int samples = Math.Max(1, (int)Math.Min(int.MaxValue, Math.Ceiling(spec.DurationS * 1000 / spec.StepMs)));
        if ((double)samples * cells.Count * spec.Users > numbersMax)
        {
            InvalidInputException.Throw("problem/mobility", $"asks for more than {numbersMax} numbers: users x cells x duration / step");
        }
        double subcarriersDb = 10 * Math.Log10(SubcarriersPerBlock * Math.Max(1, Math.Round(BlocksPerMHz * network.BandwidthMHz)));
        UserPlaces starts = UserDrop.Uniform(layout, new UsersSpec { Count = spec.Users, Seed = spec.Seed, IndoorShare = 0 }, pathLoss.UserDistanceMinM, "problem/mobility/users");
        var traces = new MobilityTrace[spec.Users];
        for (int user = 0; user < traces.Length; user++)
        {
            RandomStream random = UserStreams.Of(spec.Seed, user, UserStreams.Links);
            double metresPerSample = spec.SpeedsKmh[user % spec.SpeedsKmh.Length] / 3.6 * (spec.StepMs / 1000);
            (double sine, double cosine) = Math.SinCos(2 * Math.PI * random.NextDouble());
            double keep = Math.Exp(-metresPerSample / spec.DecorrelationM), renew = Math.Sqrt(1 - keep * keep);
            double common = random.NextNormal();
            double[] own = new double[layout.Sites.Count], rsrp = new double[samples * cells.Count];
            for (int site = 0; site < own.Length; site++)
            {
                own[site] = random.NextNormal();
            }
            double[] first = new double[own.Length], second = new double[own.Length], fixedPart = new double[1], linearGain = new double[1];
            double[] lossDb = new double[own.Length], azimuthDeg = new double[own.Length], zenithDeg = new double[own.Length];
            for (int sample = 0; sample < samples; sample++)
            {
                double x = starts.X[user] + sample * metresPerSample * cosine, y = starts.Y[user] + sample * metresPerSample * sine;
                common = sample == 0 ? common : keep * common + renew * random.NextNormal();
                for (int site = 0; site < own.Length; site++)
                {
                    own[site] = sample == 0 ? own[site] : keep * own[site] + renew * random.NextNormal();
                    (double east, double north) = layout.Towards(x, y, site);
                    double distance = Math.Sqrt(east * east + north * north), height = layout.Sites.HeightM[site];
                    double shadow = spec.ShadowDb * (Math.Sqrt(SiteCorrelation) * common + Math.Sqrt(1 - SiteCorrelation) * own[site]);
                    lossDb[site] = MeanLossDb(pathLoss, distance, height) + shadow;
                    azimuthDeg[site] = Math.Atan2(north, east) * (180 / Math.PI);
                    zenithDeg[site] = Math.Atan2(distance, UserHeightM - height) * (180 / Math.PI);
                }
                antenna.ZenithTerms(zenithDeg, first, second);
                for (int cell = 0; cell < cells.Count; cell++)
                {
                    int site = siteOfCell[cell];
                    antenna.FixedPart(azimuthDeg.AsSpan(site, 1), zenithDeg.AsSpan(site, 1), cells[cell].AzimuthDeg, fixedPart);
                    antenna.LinearGains(fixedPart, first.AsSpan(site, 1), second.AsSpan(site, 1), cells[cell].TiltDeg, linearGain);
                    double gain = 10 * Math.Log10(linearGain[0]);
                    double level = cells[cell].On ? cells[cell].PowerDbm - subcarriersDb + gain - lossDb[site] : -300;
                    rsrp[sample * cells.Count + cell] = Math.Clamp(level + spec.FadingDb * random.NextNormal(), -300, 200);
                }
            }
            traces[user] = new MobilityTrace { Samples = samples, Cells = cells.Count, RsrpDbm = rsrp };
        }
        return traces;
    }

    private static double MeanLossDb(PathLoss pathLoss, double distanceM, double siteHeightM)
    {
        const double environmentM = 1;
        double sight = pathLoss.LineOfSightProbability(distanceM, UserHeightM);
        return sight * pathLoss.LineOfSightDb(distanceM, siteHeightM, UserHeightM, environmentM)
            + (1 - sight) * pathLoss.NoLineOfSightDb(distanceM, siteHeightM, UserHeightM, environmentM);
    }
}
