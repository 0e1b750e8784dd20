using System.Globalization;
using RanCognition.Contracts;

namespace RanCognition.Memory.Storage;

/// <summary>Settings that the store itself keeps.</summary>
internal static class StoreSettings
{
    /// <summary>Numbers of a vector; absent until there is one.</summary>
    public const string Dimension = "dimension";

    /// <summary>How far apart two vectors are: l2, cosine or inner_product.</summary>
    public const string Metric = "metric";

    /// <summary>"1" once the file has been shared: own changes are recorded from then on.</summary>
    public const string Sharing = "sharing";

    public static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    public static string Text(DistanceMetric metric) => metric switch
    {
        DistanceMetric.L2 => "l2",
        DistanceMetric.Cosine => "cosine",
        DistanceMetric.InnerProduct => "inner_product",
        _ => throw new ArgumentOutOfRangeException(nameof(metric)),
    };

    public static DistanceMetric? ReadMetric(string? text) => text switch
    {
        "l2" => DistanceMetric.L2,
        "cosine" => DistanceMetric.Cosine,
        "inner_product" => DistanceMetric.InnerProduct,
        _ => null,
    };
}
