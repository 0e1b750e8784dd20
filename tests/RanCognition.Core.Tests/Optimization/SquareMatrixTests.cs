using RanCognition.Numerics;
using RanCognition.Optimization.Functions;

namespace RanCognition.Tests.Optimization;

public sealed class SquareMatrixTests
{
    [Fact]
    public void A_product_has_the_bits_of_sums_from_left_to_right()
    {
        var random = new RandomStream(3);
        for (int n = 2; n <= 40; n++)
        {
            var matrix = new SquareMatrix(n);
            double[] vector = new double[40], result = new double[40];
            for (int j = 0; j < n; j++)
            {
                vector[j] = random.NextDouble() - 0.5;
                foreach (ref double number in matrix.Column(j))
                {
                    number = random.NextDouble() - 0.5;
                }
            }
            matrix.Multiply(vector, result);
            for (int i = 0; i < n; i++)
            {
                double sum = 0;
                for (int j = 0; j < n; j++)
                {
                    double term = matrix.Column(j)[i] * vector[j];
                    sum += term;
                }
                Assert.Equal(sum, result[i]);
            }
        }
    }

    [Fact]
    public void Rotations_keep_lengths_and_angles()
    {
        foreach (int n in (int[])[2, 3, 10, 40])
        {
            SquareMatrix rotation = BbobRandom.Rotation(n, 10000 + n);
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j <= i; j++)
                {
                    double product = 0;
                    for (int k = 0; k < n; k++)
                    {
                        product += rotation.Column(i)[k] * rotation.Column(j)[k];
                    }
                    Assert.Equal(i == j ? 1 : 0, product, 11);
                }
            }
        }
    }

    [Fact]
    public void A_product_of_three_is_their_products_one_after_the_other()
    {
        const int n = 6;
        SquareMatrix left = BbobRandom.Rotation(n, 1), right = BbobRandom.Rotation(n, 2), scaled = BbobRandom.Rotation(n, 2);
        double[] scales = [1, 2, 3, 4, 5, 6], vector = [1, -1, 2, 0.5, 3, -2];
        double[] first = new double[8], second = new double[8], atOnce = new double[8];
        scaled.ScaleRows(scales);
        scaled.Multiply(vector, first);
        left.Multiply(first, second);
        SquareMatrix.Product(left, scales, right).Multiply(vector, atOnce);
        for (int i = 0; i < n; i++)
        {
            Assert.Equal(second[i], atOnce[i], 12);
        }
    }
}
