namespace RanCognition.Tests.Optimization.Constrained;

internal static partial class ClassicalProblems
{
    private static ClassicalProblem G13() => new("G13", [-2.3, -2.3, -3.2, -3.2, -3.2], [2.3, 2.3, 3.2, 3.2, 3.2], 6, 0.053941514041898, (x, g) =>
    {
        int next = 0;
        ClassicalProblem.Equation(g, ref next, x[0] * x[0] + x[1] * x[1] + x[2] * x[2] + x[3] * x[3] + x[4] * x[4] - 10);
        ClassicalProblem.Equation(g, ref next, x[1] * x[2] - 5 * x[3] * x[4]);
        ClassicalProblem.Equation(g, ref next, x[0] * x[0] * x[0] + x[1] * x[1] * x[1] + 1);
        return Math.Exp(x[0] * x[1] * x[2] * x[3] * x[4]);
    });

    private static ClassicalProblem G14() => new("G14", Repeat(0, 10), Repeat(10, 10), 6, -47.7648884594915, (x, g) =>
    {
        double[] c = [-6.089, -17.164, -34.054, -5.914, -24.721, -14.986, -24.1, -10.708, -26.662, -22.179];
        int next = 0;
        ClassicalProblem.Equation(g, ref next, x[0] + 2 * x[1] + 2 * x[2] + x[5] + x[9] - 2);
        ClassicalProblem.Equation(g, ref next, x[3] + 2 * x[4] + x[5] + x[6] - 1);
        ClassicalProblem.Equation(g, ref next, x[2] + x[6] + x[7] + 2 * x[8] + x[9] - 1);
        double sum = x.Sum(), f = 0;
        for (int i = 0; i < 10; i++)
        {
            f += x[i] > 0 ? x[i] * (c[i] + Math.Log(x[i] / sum)) : 0;
        }
        return f;
    });

    private static ClassicalProblem G15() => new("G15", Repeat(0, 3), Repeat(10, 3), 4, 961.715022289961, (x, g) =>
    {
        int next = 0;
        ClassicalProblem.Equation(g, ref next, x[0] * x[0] + x[1] * x[1] + x[2] * x[2] - 25);
        ClassicalProblem.Equation(g, ref next, 8 * x[0] + 14 * x[1] + 7 * x[2] - 56);
        return 1000 - x[0] * x[0] - 2 * x[1] * x[1] - x[2] * x[2] - x[0] * x[1] - x[0] * x[2];
    });

    private static ClassicalProblem G16() => new("G16", [704.4148, 68.6, 0, 193, 25], [906.3855, 288.88, 134.75, 287.0966, 84.1988], 38, -1.90515525853479, (x, g) =>
    {
        double y1 = x[1] + x[2] + 41.6, c1 = 0.024 * x[3] - 4.62, y2 = 12.5 / c1 + 12;
        double c2 = 0.0003535 * x[0] * x[0] + 0.5311 * x[0] + 0.08705 * y2 * x[0], c3 = 0.052 * x[0] + 78 + 0.002377 * y2 * x[0], y3 = c2 / c3, y4 = 19 * y3;
        double c4 = 0.04782 * (x[0] - y3) + 0.1956 * Square(x[0] - y3) / x[1] + 0.6376 * y4 + 1.594 * y3, c5 = 100 * x[1], c6 = x[0] - y3 - y4, c7 = 0.950 - c4 / c5;
        double y5 = c6 * c7, y6 = x[0] - y5 - y4 - y3, c8 = (y5 + y4) * 0.995, y7 = c8 / y1, y8 = c8 / 3798, c9 = y7 - 0.0663 * y7 / y8 - 0.3153;
        double y9 = 96.82 / c9 + 0.321 * y1, y10 = 1.29 * y5 + 1.258 * y4 + 2.29 * y3 + 1.71 * y6, y11 = 1.71 * x[0] - 0.452 * y4 + 0.580 * y3;
        double c10 = 12.3 / 752.3, c11 = 1.75 * y2 * 0.995 * x[0], c12 = 0.995 * y10 + 1998, y12 = c10 * x[0] + c11 / c12, y13 = c12 - 1.75 * y2;
        double y14 = 3623 + 64.4 * x[1] + 58.4 * x[2] + 146312 / (y9 + x[4]), c13 = 0.995 * y10 + 60.8 * x[1] + 48 * x[3] - 0.1121 * y14 - 5095, y15 = y13 / c13;
        double y16 = 148000 - 331000 * y15 + 40 * y13 - 61 * y15 * y13, c14 = 2324 * y10 - 28740000 * y2, y17 = 14130000 - 1328 * y10 - 531 * y11 + c14 / c12;
        double c15 = y13 / y15 - y13 / 0.52, c16 = 1.104 - 0.72 * y15, c17 = y9 + x[4];
        g[0] = 0.28 / 0.72 * y5 - y4;
        g[1] = x[2] - 1.5 * x[1];
        g[2] = 3496 * y2 / c12 - 21;
        g[3] = 110.6 + y1 - 62212 / c17;
        double[] values = [y1, y2, y3, y4, y5, y6, y7, y8, y9, y10, y11, y12, y13, y14, y15, y16, y17];
        double[] least = [213.1, 17.505, 11.275, 214.228, 7.458, 0.961, 1.612, 0.146, 107.99, 922.693, 926.832, 18.766, 1072.163, 8961.448, 0.063, 71084.33, 2802713];
        double[] largest = [405.23, 1053.6667, 35.03, 665.585, 584.463, 265.916, 7.046, 0.222, 273.366, 1286.105, 1444.046, 537.141, 3247.039, 26844.086, 0.386, 140000, 12146108];
        for (int i = 0; i < values.Length; i++)
        {
            g[4 + 2 * i] = least[i] - values[i];
            g[5 + 2 * i] = values[i] - largest[i];
        }
        return 0.000117 * y14 + 0.1365 + 0.00002358 * y13 + 0.000001502 * y16 + 0.0321 * y12 + 0.004324 * y5 + 0.0001 * c15 / c16 + 37.48 * y2 / c12 - 0.0000005843 * y17;
    });

    private static ClassicalProblem G17() => new("G17", [0, 0, 340, 340, -1000, 0], [400, 1000, 420, 420, 1000, 0.5236], 8, 8853.53387480648, (x, g) =>
    {
        const double Line = 131.078, Angle = 1.48477, Loss = 0.90798, Other = 1.47588;
        int next = 0;
        ClassicalProblem.Equation(g, ref next, -x[0] + 300 - x[2] * x[3] / Line * Math.Cos(Angle - x[5]) + Loss * x[2] * x[2] / Line * Math.Cos(Other));
        ClassicalProblem.Equation(g, ref next, -x[1] - x[2] * x[3] / Line * Math.Cos(Angle + x[5]) + Loss * x[3] * x[3] / Line * Math.Cos(Other));
        ClassicalProblem.Equation(g, ref next, -x[4] - x[2] * x[3] / Line * Math.Sin(Angle + x[5]) + Loss * x[3] * x[3] / Line * Math.Sin(Other));
        ClassicalProblem.Equation(g, ref next, 200 - x[2] * x[3] / Line * Math.Sin(Angle - x[5]) + Loss * x[2] * x[2] / Line * Math.Sin(Other));
        return (x[0] < 300 ? 30 : 31) * x[0] + (x[1] < 100 ? 28 : x[1] < 200 ? 29 : 30) * x[1];
    });

    private static ClassicalProblem G18() => new("G18", [.. Repeat(-10, 8), 0], [.. Repeat(10, 8), 20], 13, -0.866025403784439, (x, g) =>
    {
        g[0] = x[2] * x[2] + x[3] * x[3] - 1;
        g[1] = x[8] * x[8] - 1;
        g[2] = x[4] * x[4] + x[5] * x[5] - 1;
        g[3] = x[0] * x[0] + Square(x[1] - x[8]) - 1;
        g[4] = Square(x[0] - x[4]) + Square(x[1] - x[5]) - 1;
        g[5] = Square(x[0] - x[6]) + Square(x[1] - x[7]) - 1;
        g[6] = Square(x[2] - x[4]) + Square(x[3] - x[5]) - 1;
        g[7] = Square(x[2] - x[6]) + Square(x[3] - x[7]) - 1;
        g[8] = x[6] * x[6] + Square(x[7] - x[8]) - 1;
        g[9] = x[1] * x[2] - x[0] * x[3];
        g[10] = -x[2] * x[8];
        g[11] = x[4] * x[8];
        g[12] = x[5] * x[6] - x[4] * x[7];
        return -0.5 * (x[0] * x[3] - x[1] * x[2] + x[2] * x[8] - x[4] * x[8] + x[4] * x[7] - x[5] * x[6]);
    });

    private static ClassicalProblem G19()
    {
        double[] b = [-40, -2, -0.25, -4, -4, -1, -40, -60, 5, 1], d = [4, 8, 10, 6, 2], e = [-15, -27, -36, -18, -12];
        double[][] c = [[30, -20, -10, 32, -10], [-20, 39, -6, -31, 32], [-10, -6, 10, -6, -10], [32, -31, -6, 39, -20], [-10, 32, -10, -20, 30]];
        double[][] a = [[-16, 2, 0, 1, 0], [0, -2, 0, 0.4, 2], [-3.5, 0, 2, 0, 0], [0, -2, 0, -4, -1], [0, -9, -2, 1, -2.8], [2, 0, -4, 0, 0], [-1, -1, -1, -1, -1], [-1, -2, -3, -2, -1],
            [1, 2, 3, 4, 5], [1, 1, 1, 1, 1]];
        return new("G19", Repeat(0, 15), Repeat(10, 15), 5, 32.6555929502463, (x, g) =>
        {
            double f = 0;
            for (int j = 0; j < 5; j++)
            {
                double y = x[10 + j];
                g[j] = -3 * d[j] * y * y - e[j];
                f += 2 * d[j] * y * y * y;
                for (int i = 0; i < 5; i++)
                {
                    f += c[i][j] * x[10 + i] * y;
                    g[j] -= 2 * c[i][j] * x[10 + i];
                }
                for (int i = 0; i < 10; i++)
                {
                    g[j] += a[i][j] * x[i];
                }
            }
            for (int i = 0; i < 10; i++)
            {
                f -= b[i] * x[i];
            }
            return f;
        });
    }

    private static ClassicalProblem G21() => new("G21", [0, 0, 0, 100, 6.3, 5.9, 4.5], [1000, 40, 40, 300, 6.7, 6.4, 6.25], 11, 193.724510070035, (x, g) =>
    {
        g[0] = -x[0] + 35 * Math.Pow(x[1], 0.6) + 35 * Math.Pow(x[2], 0.6);
        int next = 1;
        ClassicalProblem.Equation(g, ref next, -300 * x[2] + 7500 * x[4] - 7500 * x[5] - 25 * x[3] * x[4] + 25 * x[3] * x[5] + x[2] * x[3]);
        ClassicalProblem.Equation(g, ref next, 100 * x[1] + 155.365 * x[3] + 2500 * x[6] - x[1] * x[3] - 25 * x[3] * x[6] - 15536.5);
        ClassicalProblem.Equation(g, ref next, -x[4] + Math.Log(-x[3] + 900));
        ClassicalProblem.Equation(g, ref next, -x[5] + Math.Log(x[3] + 300));
        ClassicalProblem.Equation(g, ref next, -x[6] + Math.Log(-2 * x[3] + 700));
        return x[0];
    });

    private static ClassicalProblem G23() => new("G23", [.. Repeat(0, 8), 0.01], [300, 300, 100, 200, 100, 300, 100, 200, 0.03], 10, -400.055099999999584, (x, g) =>
    {
        g[0] = x[8] * x[2] + 0.02 * x[5] - 0.025 * x[4];
        g[1] = x[8] * x[3] + 0.02 * x[6] - 0.015 * x[7];
        int next = 2;
        ClassicalProblem.Equation(g, ref next, x[0] + x[1] - x[2] - x[3]);
        ClassicalProblem.Equation(g, ref next, 0.03 * x[0] + 0.01 * x[1] - x[8] * (x[2] + x[3]));
        ClassicalProblem.Equation(g, ref next, x[2] + x[5] - x[4]);
        ClassicalProblem.Equation(g, ref next, x[3] + x[6] - x[7]);
        return -9 * x[4] - 15 * x[7] + 6 * x[0] + 16 * x[1] + 10 * (x[5] + x[6]);
    });

    private static ClassicalProblem G24() => new("G24", [0, 0], [3, 4], 2, -5.50801327159536, (x, g) =>
    {
        double a = x[0];
        g[0] = -2 * Math.Pow(a, 4) + 8 * Math.Pow(a, 3) - 8 * a * a + x[1] - 2;
        g[1] = -4 * Math.Pow(a, 4) + 32 * Math.Pow(a, 3) - 88 * a * a + 96 * a + x[1] - 36;
        return -x[0] - x[1];
    });
}
