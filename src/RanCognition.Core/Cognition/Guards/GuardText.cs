using System.Globalization;
using System.Text;
using RanCognition.Contracts;

namespace RanCognition.Cognition.Guards;

/// <summary>Words of the guards' reasons.</summary>
internal static class GuardText
{
    private const int FaultsMax = 3;   // that a reason names; the vetoed changes are listed in the verdict

    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    public static string Seconds(ulong nanoseconds) => Number(nanoseconds / 1e9) + " s";

    public static string Name(ConfigurationChange change) => change.ManagedObject + " " + change.Attribute;

    /// <summary>A value as JSON has it, without quotes.</summary>
    public static string Value(MetadataValue? value) => value switch
    {
        MetadataValue.Number number => Number(number.Value),
        MetadataValue.Text text => text.Value,
        MetadataValue.Truth truth => truth.Value ? "true" : "false",
        null or MetadataValue.Nothing => "null",
        _ => "a list or an object",
    };

    /// <summary>A verdict from what was found wrong with each change.</summary>
    public static GuardVerdict Verdict(string name, List<ConfigurationChange> vetoed, List<string> faults, string passed)
    {
        if (vetoed.Count == 0)
        {
            return new GuardVerdict { Name = name, Passed = true, Reason = passed };
        }
        StringBuilder reason = new();
        for (int i = 0; i < Math.Min(faults.Count, FaultsMax); i++)
        {
            reason.Append(i == 0 ? "" : "; ").Append(faults[i]);
        }
        if (faults.Count > FaultsMax)
        {
            reason.Append("; and others");
        }
        return new GuardVerdict { Name = name, Passed = false, Reason = reason.ToString(), Vetoed = vetoed };
    }
}
