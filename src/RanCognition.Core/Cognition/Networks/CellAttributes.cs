using System.Globalization;
using RanCognition.Cognition.Situations;
using RanCognition.Contracts;

namespace RanCognition.Cognition.Networks;

/// <summary>Attributes of managed objects as settings of the network's cells, and back.</summary>
/// <remarks>
/// <c>digitalTilt</c> of TS 28.541 is 0.1 degree, 0 = horizontal, positive = down; the model's tilt is the zenith angle in degrees, 90 = horizontal: tilt = (900 + digitalTilt) / 10, so that a whole digitalTilt
/// gives the very number that is written with one decimal.
/// </remarks>
internal static class CellAttributes
{
    // The model's own limits of what a cell can be.
    private const double TiltDegMax = 360, PowerDbmMax = 300;

    /// <summary>0-based cell that a managed object is, as NRCellDU=n or NRCellCU=n; -1 when it is none of <paramref name="cells"/> cells.</summary>
    public static int CellOf(string managedObject, int cells)
    {
        if (ManagedObjects.CellOf(managedObject) is not { Length: > 0 and < 10 } name || name[0] == '0')
        {
            return -1;
        }
        return int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number <= cells ? number - 1 : -1;
    }

    /// <summary>Tilt of the beam as TS 28.541 writes it.</summary>
    public static double DigitalTilt(double zenithDeg) => Math.Round(10 * (zenithDeg - 90), 6);

    /// <summary>Zenith angle of the beam, degrees.</summary>
    public static double ZenithDeg(double digitalTilt) => (900 + digitalTilt) / 10;

    /// <summary>A cell with one attribute of it set.</summary>
    /// <param name="cell">Given back as it is when it has the value already.</param>
    /// <param name="attribute">digitalTilt, configuredMaxTxPower, cellIndividualOffset, or administrativeState with 1 = unlocked.</param>
    /// <param name="value">In the attribute's unit.</param>
    /// <returns>Null when the model has no such setting.</returns>
    public static CellSpec? With(CellSpec cell, string attribute, double value)
    {
        if (!double.IsFinite(value))
        {
            return null;
        }
        switch (attribute)
        {
            case AttributeRules.DigitalTilt:
                double zenith = ZenithDeg(value);
                return value == DigitalTilt(cell.TiltDeg) ? cell : Math.Abs(zenith) <= TiltDegMax ? cell with { TiltDeg = zenith } : null;
            case AttributeRules.ConfiguredMaxTxPower:
                return value == cell.PowerDbm ? cell : Math.Abs(value) <= PowerDbmMax ? cell with { PowerDbm = value } : null;
            case AttributeRules.CellIndividualOffset:
                return value == cell.CioDb ? cell : cell with { CioDb = value };
            case AttributeRules.AdministrativeState:
                return value != 0 == cell.On ? cell : cell with { On = value != 0 };
            default:
                return null;
        }
    }

    /// <summary>Value of an attribute that <see cref="With"/> sets.</summary>
    public static double Of(CellSpec cell, string attribute) => attribute switch
    {
        AttributeRules.DigitalTilt => DigitalTilt(cell.TiltDeg),
        AttributeRules.ConfiguredMaxTxPower => cell.PowerDbm,
        AttributeRules.CellIndividualOffset => cell.CioDb,
        AttributeRules.AdministrativeState => cell.On ? 1 : 0,
        _ => double.NaN,
    };

    /// <summary>A value of <see cref="With"/> as it is written.</summary>
    public static MetadataValue Written(string attribute, double value) =>
        attribute != AttributeRules.AdministrativeState ? value : value != 0 ? AttributeRules.Unlocked : AttributeRules.Locked;

    /// <summary>Whether an attribute steers handovers in time, of which the model, being at rest, has none.</summary>
    public static bool IsOfHandovers(string attribute) => attribute is AttributeRules.A3Offset or AttributeRules.Hysteresis or AttributeRules.TimeToTrigger;
}
