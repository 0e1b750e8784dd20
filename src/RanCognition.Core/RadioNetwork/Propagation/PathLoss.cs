using RanCognition.Contracts;

namespace RanCognition.RadioNetwork;

/// <summary>Path loss and probability of line of sight in urban macro cells and urban micro cells (street canyon).</summary>
/// <remarks>
/// Source: 3GPP TR 38.901 V16, tables 7.4.1-1, 7.4.2-1. Distances in m, frequencies in GHz. The formulas hold from 10 m on the ground on; what is nearer is taken as 10 m.
/// </remarks>
internal sealed class PathLoss
{
    /// <summary>Standard deviation of the shadowing towards users within buildings, dB (table 7.5-6).</summary>
    public const double IndoorShadowingDb = 7;

    private const double SpeedOfLight = 3.0e8;   // as the source rounds it
    private const double DistanceLeastM = 10;

    // A base station that is lower than the clutter would have a negative effective height.
    private const double EffectiveHeightLeastM = 0.5;

    // In micro cells always, in macro cells mostly.
    private const double LowEnvironmentHeightM = 1;

    private readonly bool _macro;
    private readonly double _frequencyGHz, _frequencyLog;

    public PathLoss(PropagationModel model, double frequencyGHz)
    {
        _macro = model == PropagationModel.UrbanMacro;
        _frequencyGHz = frequencyGHz;
        _frequencyLog = Math.Log10(frequencyGHz);
    }

    /// <summary>Of base stations, where none is given.</summary>
    public double SiteHeightM => _macro ? 25 : 10;

    /// <summary>Nearest that a user comes to a site, on the ground.</summary>
    public double UserDistanceMinM => _macro ? 35 : 10;

    /// <summary>Standard deviation of the shadowing towards users outdoors, dB.</summary>
    public double ShadowingDb(bool lineOfSight) => lineOfSight ? 4 : _macro ? 6 : 7.82;

    /// <summary>P(line of sight).</summary>
    /// <param name="outdoorDistanceM">On the ground, to the user or to the outer wall of its building.</param>
    /// <param name="userHeightM">Of the user.</param>
    public double LineOfSightProbability(double outdoorDistanceM, double userHeightM)
    {
        if (outdoorDistanceM <= 18)
        {
            return 1;
        }
        double near = 18 / outdoorDistanceM, probability = near + Math.Exp(-outdoorDistanceM / (_macro ? 63 : 36)) * (1 - near);
        return _macro ? probability * (1 + Elevated(outdoorDistanceM, userHeightM)) : probability;
    }

    /// <summary>Height of the environment that shortens the effective heights, m.</summary>
    /// <param name="distanceM">On the ground.</param>
    /// <param name="userHeightM">Of the user.</param>
    /// <param name="decision">Uniform in [0, 1): whether it is 1 m.</param>
    /// <param name="choice">Uniform in [0, 1): which of 12, 15, .. m it is otherwise.</param>
    public double EnvironmentHeightM(double distanceM, double userHeightM, double decision, double choice)
    {
        if (!_macro)
        {
            return LowEnvironmentHeightM;
        }
        double elevated = Elevated(distanceM, userHeightM);
        if (decision * (1 + elevated) < 1)   // with probability 1 / (1 + C)
        {
            return LowEnvironmentHeightM;
        }
        int heights = (int)((userHeightM - 1.5 - 12) / 3) + 1;
        return heights < 1 ? LowEnvironmentHeightM : 12 + 3 * Math.Min((int)(choice * heights), heights - 1);
    }

    /// <summary>From here on the loss grows with the fourth power of the distance, m.</summary>
    public double BreakpointM(double siteHeightM, double userHeightM, double environmentHeightM) =>
        4 * Math.Max(siteHeightM - environmentHeightM, EffectiveHeightLeastM) * Math.Max(userHeightM - environmentHeightM, EffectiveHeightLeastM) * _frequencyGHz * 1e9 / SpeedOfLight;

    /// <summary>With line of sight, dB.</summary>
    public double LineOfSightDb(double distanceM, double siteHeightM, double userHeightM, double environmentHeightM)
    {
        double ground = Math.Max(distanceM, DistanceLeastM), rise = siteHeightM - userHeightM;
        return SightDb(ground, rise, DistanceLog(ground, rise), BreakpointM(siteHeightM, userHeightM, environmentHeightM));
    }

    /// <summary>Without line of sight, dB: never less than with it.</summary>
    public double NoLineOfSightDb(double distanceM, double siteHeightM, double userHeightM, double environmentHeightM)
    {
        double ground = Math.Max(distanceM, DistanceLeastM), rise = siteHeightM - userHeightM, distanceLog = DistanceLog(ground, rise);
        double loss = _macro
            ? 13.54 + 39.08 * distanceLog + 20 * _frequencyLog - 0.6 * (userHeightM - 1.5)
            : 22.4 + 35.3 * distanceLog + 21.3 * _frequencyLog - 0.3 * (userHeightM - 1.5);
        return Math.Max(SightDb(ground, rise, distanceLog, BreakpointM(siteHeightM, userHeightM, environmentHeightM)), loss);
    }

    private static double DistanceLog(double ground, double rise) => Math.Log10(Math.Sqrt(ground * ground + rise * rise));

    private double SightDb(double ground, double rise, double distanceLog, double breakpoint)
    {
        if (ground <= breakpoint)
        {
            return _macro ? 28 + 22 * distanceLog + 20 * _frequencyLog : 32.4 + 21 * distanceLog + 20 * _frequencyLog;
        }
        double beyond = Math.Log10(breakpoint * breakpoint + rise * rise);
        return _macro ? 28 + 40 * distanceLog + 20 * _frequencyLog - 9 * beyond : 32.4 + 40 * distanceLog + 20 * _frequencyLog - 9.5 * beyond;
    }

    /// <summary>C of the source: users above 13 m see over roofs, most of all some hundred metres away.</summary>
    private static double Elevated(double distanceM, double userHeightM)
    {
        if (userHeightM <= 13 || distanceM <= 18)
        {
            return 0;
        }
        double tens = (Math.Min(userHeightM, 23) - 13) / 10, hundreds = distanceM / 100;
        return tens * Math.Sqrt(tens) * 1.25 * hundreds * hundreds * hundreds * Math.Exp(-distanceM / 150);
    }
}
