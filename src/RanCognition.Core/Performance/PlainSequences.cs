namespace RanCognition;

/// <summary>Select and Where in the way of System.Linq, which the sources of this library take instead of it (a namespace around them comes before one that is imported).</summary>
/// <remarks>
/// System.Linq's can be chained without a detour: each has a virtual generic method, of which ahead-of-time compilation makes machine code for every pair of a value type that is read and a
/// type that is made anywhere. That was 2 MB of this library.
/// </remarks>
internal static class PlainSequences
{
    public static IEnumerable<TResult> Select<TSource, TResult>(this IEnumerable<TSource> source, Func<TSource, TResult> selector)
    {
        foreach (TSource item in source)
        {
            yield return selector(item);
        }
    }

    public static IEnumerable<TResult> Select<TSource, TResult>(this IEnumerable<TSource> source, Func<TSource, int, TResult> selector)
    {
        int index = 0;
        foreach (TSource item in source)
        {
            yield return selector(item, index++);
        }
    }

    public static IEnumerable<TSource> Where<TSource>(this IEnumerable<TSource> source, Func<TSource, bool> predicate)
    {
        foreach (TSource item in source)
        {
            if (predicate(item))
            {
                yield return item;
            }
        }
    }
}
