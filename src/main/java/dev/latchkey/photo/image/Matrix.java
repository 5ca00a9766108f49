package dev.latchkey.photo.image;

/** Three rows of three numbers. */
final class Matrix {
    private Matrix() {}

    static double[] multiply(double[][] matrix, double[] vector) {
        double[] product = new double[3];
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                product[row] += matrix[row][column] * vector[column];
            }
        }
        return product;
    }

    /** Infinite or no numbers where there is none. */
    static double[][] inverse(double[][] of) {
        double[][] inverse = new double[3][3];
        double determinant = 0;
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                int down = (row + 1) % 3;
                int right = (column + 1) % 3;
                double cofactor = of[down][right] * of[(row + 2) % 3][(column + 2) % 3]
                        - of[down][(column + 2) % 3] * of[(row + 2) % 3][right];
                inverse[column][row] = cofactor;
                determinant += row == 0 ? of[0][column] * cofactor : 0;
            }
        }
        for (double[] row : inverse) {
            for (int column = 0; column < 3; column++) {
                row[column] /= determinant;
            }
        }
        return inverse;
    }
}
