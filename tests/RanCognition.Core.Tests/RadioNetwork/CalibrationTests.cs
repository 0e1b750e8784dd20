using RanCognition.Contracts;
using RanCognition.RadioNetwork;

namespace RanCognition.Tests.RadioNetwork;

/// <summary>Own drops against the medians over companies of 3GPP's calibration of TR 38.901 (R1-165974, 6 GHz, configuration 1): 5, 10, .. 95 % of the distribution.</summary>
/// <remarks>
/// Table 7.8-1: 19 sites with wrap-around, three sectors at 30, 150, 270 degrees, column of 10 elements at 102 degrees, 80 % of the users within buildings, no margin of handover. Geometry is
/// without noise.
/// </remarks>
public sealed class CalibrationTests
{
    private const int Users = 10_000;

    private static readonly double[] MicroCoupling =
        [-142.3, -136.4, -132.4, -128.9, -125.8, -122.9, -120.3, -117.6, -115, -112.2, -109.5, -106.4, -103.2, -99.9, -96.2, -92.2, -87.6, -82, -74.8];

    private static readonly double[] MicroGeometry = [-1.7, -0.5, 0.4, 1.2, 2.1, 3, 4, 5, 6.1, 7.3, 8.6, 9.9, 11.4, 13, 14.9, 17, 19.4, 22.1, 24.9];

    private static readonly double[] MacroCoupling =
        [-150.4, -144.7, -140.6, -137, -133.9, -131.1, -128.4, -125.8, -123.1, -120.3, -117.5, -114.7, -111.8, -109.1, -106.1, -102.8, -98.8, -93.7, -86];

    private static readonly double[] MacroGeometry = [-1, 0.1, 1.1, 2, 2.9, 3.9, 5, 6, 7.2, 8.6, 9.9, 11.3, 12.9, 14.7, 16.5, 18.6, 20.9, 23.4, 25.6];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Micro_cells_are_within_the_spread_of_the_companies(ulong seed) => Check(PropagationModel.UrbanMicro, 200, seed, MicroCoupling, MicroGeometry);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Macro_cells_are_within_the_spread_of_the_companies(ulong seed) => Check(PropagationModel.UrbanMacro, 500, seed, MacroCoupling, MacroGeometry);

    private static void Check(PropagationModel model, double interSiteDistance, ulong seed, double[] coupling, double[] geometry)
    {
        NetworkModel network = new()
        {
            Layout = new LayoutSpec { InterSiteDistanceM = interSiteDistance },
            Propagation = new PropagationSpec { Model = model, FrequencyGHz = 6, Seed = seed },
            Users = new UsersSpec { Count = Users, Seed = seed },
        };
        LinkTable table = LinkTable.From(network, "network");
        AntennaGain antenna = new(network.Antenna, "antenna");
        double[] couplings = new double[Users], strongest = new double[Users], sums = new double[Users];
        double[] azimuth = new double[Users], zenith = new double[Users], first = new double[Users], second = new double[Users], fixedPart = new double[Users], gains = new double[Users];
        for (int site = 0; site < table.Sites; site++)
        {
            for (int user = 0; user < Users; user++)
            {
                azimuth[user] = table.AzimuthDeg[user * table.Sites + site];
                zenith[user] = table.ZenithDeg[user * table.Sites + site];
            }
            antenna.ZenithTerms(zenith, first, second);
            foreach (double boresight in (double[])[30, 150, 270])
            {
                antenna.FixedPart(azimuth, zenith, boresight, fixedPart);
                antenna.LinearGains(fixedPart, first, second, 102, gains);
                for (int user = 0; user < Users; user++)
                {
                    double received = gains[user] * Math.Pow(10, -table.LossDb[user * table.Sites + site] / 10);
                    sums[user] += received;
                    strongest[user] = Math.Max(strongest[user], received);
                }
            }
        }
        for (int user = 0; user < Users; user++)
        {
            couplings[user] = 10 * Math.Log10(strongest[user]);
            sums[user] = 10 * Math.Log10(strongest[user] / (sums[user] - strongest[user]));
        }
        double couplingRms = Rms(couplings, coupling), geometryRms = Rms(sums, geometry);
        Assert.True(couplingRms <= 1.2 && geometryRms <= 0.7, $"{model}: coupling loss {couplingRms:F2} dB, geometry {geometryRms:F2} dB");
    }

    private static double Rms(double[] values, double[] reference)
    {
        Array.Sort(values);
        double squares = 0;
        for (int i = 0; i < reference.Length; i++)
        {
            double difference = values[(int)((i + 1) * 0.05 * values.Length)] - reference[i];
            squares += difference * difference;
        }
        return Math.Sqrt(squares / reference.Length);
    }
}
