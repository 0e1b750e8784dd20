using System.Runtime.Intrinsics;
using RanCognition.Performance;
using RanCognition.Temporal.Forecasting;

namespace RanCognition.Tests.Forecasting;

public sealed unsafe class DotTileTests
{
    [Fact]
    public void Narrow_and_wide_vectors_add_the_products_in_the_same_order()
    {
        var random = new Random(81);
        double* wide = stackalloc double[8], narrow = stackalloc double[8];
        for (int count = 0; count < 100; count++)
        {
            double[][] columns = new double[6][];
            for (int c = 0; c < columns.Length; c++)
            {
                columns[c] = new double[count + 1];
                for (int i = 0; i < count; i++)
                {
                    columns[c][i] = (random.NextDouble() - .5) * Math.Pow(10, random.Next(-3, 4));
                }
            }
            fixed (double* a0 = columns[0], a1 = columns[1], b0 = columns[2], b1 = columns[3], b2 = columns[4], b3 = columns[5])
            {
                RidgeAutoregression.DotTile<Width256<double>, Vector256<double>>(a0, a1, b0, b1, b2, b3, count, wide);
                RidgeAutoregression.DotTile<Width128<double>, Vector128<double>>(a0, a1, b0, b1, b2, b3, count, narrow);
            }
            for (int q = 0; q < 8; q++)
            {
                double exact = 0, magnitude = 0;
                for (int i = 0; i < count; i++)
                {
                    exact += columns[q / 4][i] * columns[2 + q % 4][i];
                    magnitude += Math.Abs(columns[q / 4][i] * columns[2 + q % 4][i]);
                }
                Assert.Equal(BitConverter.DoubleToInt64Bits(wide[q]), BitConverter.DoubleToInt64Bits(narrow[q]));
                Assert.InRange(wide[q] - exact, -1e-13 * magnitude, 1e-13 * magnitude);
            }
        }
    }
}
