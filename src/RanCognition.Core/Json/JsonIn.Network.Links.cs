using System.Text.Json;
using RanCognition.Contracts;

namespace RanCognition.Json;

public static partial class JsonIn
{
    private const double AzimuthMax = 1e6;   // degrees; any number of turns, while a double still tells hundredths

    private static LinkSpec ReadLinks(ref JsonCursor json, List<IgnoredField> ignored)
    {
        json.Expect(JsonTokenType.StartObject, "an object with loss_db, azimuth_deg and zenith_deg");
        double[]? losses = null;
        double[]? azimuths = null;
        double[]? zeniths = null;
        double[]? weights = null;
        int users = 0;
        int azimuthRows = 0;
        int zenithRows = 0;
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            bool isNull = json.IsNull;
            switch (name)
            {
                case "loss_db": losses = isNull ? null : ReadLinkTable(ref json, -DecibelsMax, DecibelsMax, out users); break;
                case "azimuth_deg": azimuths = isNull ? null : ReadLinkTable(ref json, -AzimuthMax, AzimuthMax, out azimuthRows); break;
                case "zenith_deg": zeniths = isNull ? null : ReadLinkTable(ref json, 0, 180, out zenithRows); break;
                case "weights": weights = isNull ? null : json.NumbersWithin(OptimizationLimits.UsersMax, 0); break;
                default: json.Ignore(ignored, Unknown); break;
            }
            json.LeaveField();
        }
        if (losses is null || azimuths is null || zeniths is null)
        {
            json.Refuse($"field '{(losses is null ? "loss_db" : azimuths is null ? "azimuth_deg" : "zenith_deg")}' is missing");
        }
        CheckShape(ref json, "azimuth_deg", azimuthRows, azimuths, users, losses);
        CheckShape(ref json, "zenith_deg", zenithRows, zeniths, users, losses);
        if (weights is not null && weights.Length != users)
        {
            json.RefuseValue($"weights has {weights.Length} numbers, loss_db {users} rows");
        }
        return new LinkSpec { Users = users, Sites = losses.Length / users, LossDb = losses, AzimuthDeg = azimuths, ZenithDeg = zeniths, Weights = weights };
    }

    private static double[] ReadLinkTable(ref JsonCursor json, double least, double most, out int rows) =>
        json.Table(OptimizationLimits.UsersMax, OptimizationLimits.SitesMax, (int)OptimizationLimits.LinksMax, least, most, out rows);

    private static void CheckShape(ref JsonCursor json, string field, int rows, double[] numbers, int users, double[] losses)
    {
        if (rows != users || numbers.Length != losses.Length)
        {
            json.RefuseValue($"{field} has {rows} rows of {numbers.Length / rows} numbers, loss_db {users} of {losses.Length / users}");
        }
    }
}
