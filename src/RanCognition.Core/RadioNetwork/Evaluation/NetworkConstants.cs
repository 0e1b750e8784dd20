using System.Globalization;
using RanCognition.Contracts;

namespace RanCognition.RadioNetwork;

/// <summary>What of a network's model no setting of its cells changes, checked and in units that products need.</summary>
internal sealed class NetworkConstants
{
    // Beyond this a received power in mW could leave the range of numbers.
    private const double DecibelsMax = 300;

    private const double ThermalNoiseDbmPerHz = -174;
    private const double SubcarriersPerBlock = 12, BlocksPerMHz = 5;
    private const double BandwidthMHzMin = 0.1, BandwidthMHzMax = 100_000;

    // An offset of this size decides against every difference of powers.
    private const double OffsetDbMax = 1000;

    /// <param name="network">The model.</param>
    /// <param name="argument">Its name in messages.</param>
    public NetworkConstants(NetworkModel network, string argument)
    {
        Network = network;
        Argument = argument;
        CheckRange(network.NoiseFigureDb, -DecibelsMax, DecibelsMax, argument, "/noise_figure_db");
        CheckRange(network.BandwidthEfficiency, 1e-6, 1e6, argument, "/efficiency/bandwidth");
        CheckRange(network.SinrEfficiency, 1e-6, 1e6, argument, "/efficiency/sinr");
        CheckRange(network.TrafficMbps, 0, 1e15, argument, "/traffic_mbps");
        CheckRange(network.CoverageRsrpDbm, -10 * DecibelsMax, 10 * DecibelsMax, argument, "/coverage_rsrp_dbm");
        CheckRange(network.Energy.ActiveW, 0, 1e12, argument, "/energy/active_w");
        CheckRange(network.Energy.LoadW, 0, 1e12, argument, "/energy/load_w");
        CheckRange(network.Energy.SleepW, 0, 1e12, argument, "/energy/sleep_w");
        Antenna = new AntennaGain(network.Antenna, argument + "/antenna");
        IReadOnlyList<CarrierSpec>? carriers = network.Carriers;
        if (carriers is { Count: 0 } || carriers?.Count > OptimizationLimits.CellsMax)
        {
            InvalidInputException.Throw(argument + "/carriers", $"has {carriers.Count.ToString(CultureInfo.InvariantCulture)} entries, must have 1..{OptimizationLimits.CellsMax.ToString(CultureInfo.InvariantCulture)}");
        }
        Carriers = carriers?.Count ?? 1;
        BandwidthMHz = new double[Carriers];
        NoiseMw = new double[Carriers];
        LossFactor = new double[Carriers];
        LoadPerMbps = new double[Carriers];
        ReferenceSignalFactor = new double[Carriers];
        for (int i = 0; i < Carriers; i++)
        {
            string place = carriers is null ? argument : string.Create(CultureInfo.InvariantCulture, $"{argument}/carriers/{i}");
            double bandwidth = BandwidthMHz[i] = carriers?[i].BandwidthMHz ?? network.BandwidthMHz;
            CheckRange(bandwidth, BandwidthMHzMin, BandwidthMHzMax, place, "/bandwidth_mhz");
            NoiseMw[i] = Milliwatts(ThermalNoiseDbmPerHz + network.NoiseFigureDb + 10 * Math.Log10(bandwidth * 1e6));
            ReferenceSignalFactor[i] = 1 / (SubcarriersPerBlock * BlocksPerMHz * bandwidth);
            LossFactor[i] = 1;
            LoadPerMbps[i] = 1 / (network.BandwidthEfficiency * bandwidth);
            if (carriers is not null)
            {
                CheckRange(carriers[i].FrequencyGHz, 1e-3, 1e4, place, "/frequency_ghz");
                CheckRange(network.Propagation.FrequencyGHz, 1e-3, 1e4, argument, "/propagation/frequency_ghz");
                double ratio = network.Propagation.FrequencyGHz / carriers[i].FrequencyGHz;
                LossFactor[i] = ratio * ratio;
            }
        }
        CoverageMw = Milliwatts(network.CoverageRsrpDbm) * (1 - 1e-12);   // a power of just the limit is enough, whatever its rounding
    }

    public NetworkModel Network { get; }

    /// <summary>Name of the model in messages.</summary>
    public string Argument { get; }

    public AntennaGain Antenna { get; }

    public int Carriers { get; }

    public double[] BandwidthMHz { get; }

    public double[] NoiseMw { get; }

    /// <summary>Load of 1 Mbit/s at 1 bit/s/Hz, efficiency included.</summary>
    public double[] LoadPerMbps { get; }

    /// <summary>What a carrier's frequency leaves of a power, compared with the frequency that the links are for.</summary>
    public double[] LossFactor { get; }

    /// <summary>Power of one resource element over that of the carrier.</summary>
    public double[] ReferenceSignalFactor { get; }

    /// <summary>Least power of a resource element that covers a user.</summary>
    public double CoverageMw { get; }

    /// <summary>Refuses what a cell cannot be.</summary>
    public void CheckCell(CellSpec cell, int index)
    {
        string place = string.Create(CultureInfo.InvariantCulture, $"{Argument}/cells/{index}");
        CheckRange(cell.AzimuthDeg, -3600, 3600, place, "/azimuth_deg");
        CheckRange(cell.TiltDeg, -360, 360, place, "/tilt_deg");
        CheckRange(cell.PowerDbm, -DecibelsMax, DecibelsMax, place, "/power_dbm");
        CheckRange(cell.CioDb, double.MinValue, double.MaxValue, place, "/cio_db");
        if (cell.Carrier < 0 || cell.Carrier >= Carriers)
        {
            InvalidInputException.Throw(place + "/carrier", string.Create(CultureInfo.InvariantCulture, $"{cell.Carrier}, must be 0..{Carriers - 1}"));
        }
    }

    /// <summary>A power of 10 for decibels.</summary>
    public static double Milliwatts(double decibels) => Math.Pow(10, decibels / 10);

    /// <summary>What an offset multiplies a power with when cells are compared.</summary>
    public static double OffsetFactor(double decibels) => decibels == 0 ? 1 : Milliwatts(Math.Clamp(decibels, -OffsetDbMax, OffsetDbMax));

    private static void CheckRange(double value, double least, double most, string place, string member)
    {
        if (!(value >= least && value <= most))
        {
            InvalidInputException.Throw(place + member, !double.IsFinite(value) ? "is not a finite number"
                : string.Create(CultureInfo.InvariantCulture, $"{value}, must be {least}..{most}"));
        }
    }
}
