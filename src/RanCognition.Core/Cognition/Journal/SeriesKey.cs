using RanCognition.Cognition.Situations;

namespace RanCognition.Cognition.Journal;

/// <summary>Key of a series in two parts, so that a message of millions of series joins and splits no texts.</summary>
/// <param name="ManagedObject">Empty when there is none.</param>
/// <param name="Name">What stands behind the key's last slash.</param>
internal readonly record struct SeriesKey(string ManagedObject, string Name)
{
    public static SeriesKey Of(string metric)
    {
        (string managedObject, string name) = ManagedObjects.Split(metric);
        return new SeriesKey(managedObject, name);
    }

    /// <summary>That of "object/metric".</summary>
    public static SeriesKey Of(string managedObject, string metric) => metric.Contains('/') ? Of(managedObject + "/" + metric) : new SeriesKey(managedObject, metric);
}
