using System.Numerics;

namespace RanCognition.Numerics;

/// <summary>Least and greatest of an array without NaN.</summary>
internal static unsafe class ValueRange
{
    /// <summary>Least and greatest of values[0..count), count at least 1.</summary>
    public static (double Least, double Greatest) Of(double* values, int count)
    {
        double least = values[0], greatest = values[0];
        int i = 0, width = Vector<double>.Count;
        if (count >= 2 * width)
        {
            Vector<double> leastA = Vector.Load(values), leastB = Vector.Load(values + width), greatestA = leastA, greatestB = leastB;
            for (i = 2 * width; i <= count - 2 * width; i += 2 * width)
            {
                Vector<double> a = Vector.Load(values + i), b = Vector.Load(values + i + width);
                leastA = Vector.MinNative(leastA, a);
                leastB = Vector.MinNative(leastB, b);
                greatestA = Vector.MaxNative(greatestA, a);
                greatestB = Vector.MaxNative(greatestB, b);
            }
            leastA = Vector.MinNative(leastA, leastB);
            greatestA = Vector.MaxNative(greatestA, greatestB);
            for (int k = 0; k < width; k++)
            {
                least = Math.Min(least, leastA[k]);
                greatest = Math.Max(greatest, greatestA[k]);
            }
        }
        for (; i < count; i++)
        {
            least = Math.Min(least, values[i]);
            greatest = Math.Max(greatest, values[i]);
        }
        return (least, greatest);
    }
}
